/// RPM packages: what their headers say.
@NullMarked
package org.ekicho.mirror.rpm;

import org.jspecify.annotations.NullMarked;
