/// Streams of broadcast and multicast packets, sent and followed.
@NullMarked
package org.ekicho.ntp.broadcast;

import org.jspecify.annotations.NullMarked;
