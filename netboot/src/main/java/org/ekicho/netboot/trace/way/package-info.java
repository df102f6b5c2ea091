/// Another way: after an attempt that failed the next one changes exactly one thing, and what worked is remembered.
@NullMarked
package org.ekicho.netboot.trace.way;

import org.jspecify.annotations.NullMarked;
