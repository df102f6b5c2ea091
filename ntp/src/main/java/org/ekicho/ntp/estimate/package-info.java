/// What the samples of one source say of it: offset and frequency with their error, by weighted regression.
@NullMarked
package org.ekicho.ntp.estimate;

import org.jspecify.annotations.NullMarked;
