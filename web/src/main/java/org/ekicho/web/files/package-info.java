/// The served folder: paths to files, never stale.
@NullMarked
package org.ekicho.web.files;

import org.jspecify.annotations.NullMarked;
