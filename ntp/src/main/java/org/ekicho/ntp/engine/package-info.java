/// The time engine: associations, broadcast streams, the choice of sources and the clock, put together.
@NullMarked
package org.ekicho.ntp.engine;

import org.jspecify.annotations.NullMarked;
