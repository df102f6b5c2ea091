/// The NTP packet on the wire: header, timestamps, modes, reference ids (RFC 5905 §7).
@NullMarked
package org.ekicho.ntp.packet;

import org.jspecify.annotations.NullMarked;
