/// Which paths of metadata may be followed.
@NullMarked
package org.ekicho.mirror.location;

import org.jspecify.annotations.NullMarked;
