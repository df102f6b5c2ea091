/// Packets on the wire → boot events: captures of pcap's classic format, and what a packet socket reads.
@NullMarked
package org.ekicho.netboot.trace.tap;

import org.jspecify.annotations.NullMarked;
