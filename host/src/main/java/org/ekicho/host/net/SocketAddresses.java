package org.ekicho.host.net;

import static org.ekicho.host.linux.Sockets.AF_INET;
import static org.ekicho.host.linux.Sockets.AF_INET6;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import org.ekicho.wire.Datagram;
import org.ekicho.wire.IpAddress;

/// `struct sockaddr_in` and `struct sockaddr_in6` in native memory.
///
/// ```
/// offset    0        2      4           8            24
/// sockaddr_in   family   port   address     zeros
/// sockaddr_in6  family   port   flow info   address      scope id
/// ```
final class SocketAddresses {
    /// Room for either.
    static final int ROOM = 32;

    static final int LENGTH_V4 = 16;
    static final int LENGTH_V6 = 28;

    static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED;
    static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED;
    static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED;
    static final ValueLayout.OfShort NET_SHORT = SHORT.withOrder(ByteOrder.BIG_ENDIAN);
    static final ValueLayout.OfInt NET_INT = INT.withOrder(ByteOrder.BIG_ENDIAN);
    static final ValueLayout.OfLong NET_LONG = LONG.withOrder(ByteOrder.BIG_ENDIAN);
    /// What [IpAddress] puts before the 32 bits of an IPv4 address.
    private static final long V4_MARK = 0xffff_0000_0000L;

    private SocketAddresses() {}

    /// Writes an address and port at `offset` and returns the length of the structure.
    ///
    /// @param scope interface index of a link-local IPv6 address, else 0
    static int write(MemorySegment memory, long offset, IpAddress address, int port, int scope) {
        return write(memory, offset, address.high(), address.low(), port, scope);
    }

    static int write(MemorySegment memory, long offset, long high, long low, int port, int scope) {
        memory.set(NET_SHORT, offset + 2, (short) port);
        if (isV4(high, low)) {
            memory.set(SHORT, offset, (short) AF_INET);
            memory.set(NET_INT, offset + 4, (int) low);
            memory.set(LONG, offset + 8, 0);
            return LENGTH_V4;
        }
        memory.set(SHORT, offset, (short) AF_INET6);
        memory.set(INT, offset + 4, 0);
        memory.set(NET_LONG, offset + 8, high);
        memory.set(NET_LONG, offset + 16, low);
        memory.set(INT, offset + 24, scope);
        return LENGTH_V6;
    }

    static int readPort(MemorySegment memory, long offset) {
        return memory.get(NET_SHORT, offset + 2) & 0xffff;
    }

    /// Reads the sender of a datagram into its peer fields; false for a family that is neither.
    static boolean readPeer(MemorySegment memory, long offset, Datagram into) {
        switch (memory.get(SHORT, offset)) {
            case AF_INET -> {
                into.peerHigh = 0;
                into.peerLow = V4_MARK | (memory.get(NET_INT, offset + 4) & 0xffff_ffffL);
            }
            case AF_INET6 -> {
                into.peerHigh = memory.get(NET_LONG, offset + 8);
                into.peerLow = memory.get(NET_LONG, offset + 16);
            }
            default -> {
                return false;
            }
        }
        into.peerPort = readPort(memory, offset);
        return true;
    }

    static boolean isV4(long high, long low) {
        return high == 0 && (low >>> 32) == 0xffff;
    }

    /// The low half of the mapped form of an IPv4 address.
    static long mapped(int bits) {
        return V4_MARK | (bits & 0xffff_ffffL);
    }
}
