/// The host clock: reading it, what the kernel says of it, and steering it when that is asked for.
@NullMarked
package org.ekicho.host.clock;

import org.jspecify.annotations.NullMarked;
