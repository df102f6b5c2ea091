/// The host that Ekicho runs on: who owns a port, which daemon steers the clock, what this process may do.
@NullMarked
package org.ekicho.host;

import org.jspecify.annotations.NullMarked;
