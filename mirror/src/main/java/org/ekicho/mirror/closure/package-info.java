/// What packages require of each other, and which of them belong together because of it.
@NullMarked
package org.ekicho.mirror.closure;

import org.jspecify.annotations.NullMarked;
