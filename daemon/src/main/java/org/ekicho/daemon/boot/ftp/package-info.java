/// FTP for installers that know nothing newer: read-only, without passwords, from the imported trees alone. The only
/// package that knows the FTP library.
@NullMarked
package org.ekicho.daemon.boot.ftp;

import org.jspecify.annotations.NullMarked;
