/// The clock that is served: the host's, or a pretend one.
@NullMarked
package org.ekicho.daemon.clock;

import org.jspecify.annotations.NullMarked;
