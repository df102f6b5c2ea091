/// Files fetched from other servers: resumed, measured, limited, and hashed while they are written.
@NullMarked
package org.ekicho.host.download;

import org.jspecify.annotations.NullMarked;
