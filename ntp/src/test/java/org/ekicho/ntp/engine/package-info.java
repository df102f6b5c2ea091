/// Tests of the engine by hand-driven moments.
@NullMarked
package org.ekicho.ntp.engine;

import org.jspecify.annotations.NullMarked;
