/// The clock: what to do with it, and when, so that it comes to its sources and stays with them.
@NullMarked
package org.ekicho.ntp.discipline;

import org.jspecify.annotations.NullMarked;
