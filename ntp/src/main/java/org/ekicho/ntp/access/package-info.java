/// Who may ask what and how often: `restrict` and `discard` of a classic ntp.conf.
@NullMarked
package org.ekicho.ntp.access;

import org.jspecify.annotations.NullMarked;
