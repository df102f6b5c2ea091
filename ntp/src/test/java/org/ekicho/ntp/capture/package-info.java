/// Recorded traffic for tests.
@NullMarked
package org.ekicho.ntp.capture;

import org.jspecify.annotations.NullMarked;
