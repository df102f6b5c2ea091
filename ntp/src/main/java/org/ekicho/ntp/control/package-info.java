/// The NTP control protocol (mode 6, RFC 9327): what ntpq, ntpmon and ntpstat ask. Read-only.
@NullMarked
package org.ekicho.ntp.control;

import org.jspecify.annotations.NullMarked;
