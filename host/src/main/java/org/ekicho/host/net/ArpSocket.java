package org.ekicho.host.net;

import static org.ekicho.host.linux.Sockets.*;

import java.io.Closeable;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Optional;
import org.ekicho.host.linux.Errno;
import org.ekicho.host.linux.Libc;
import org.ekicho.host.linux.SystemCallException;
import org.ekicho.wire.IpAddress;
import org.ekicho.wire.MacAddress;

/// Hears the ARP of one interface and asks who has an address. Needs CAP_NET_RAW.
///
/// One thread hears; any thread may ask or close. A wait under way when it is closed lasts until its time
/// is over: packet sockets know no shutdown.
public final class ArpSocket implements Closeable {
    /// Room for a frame with a VLAN tag or padding.
    private static final int BUFFER = 128;
    /// `struct sockaddr_ll`: family, protocol, index, hardware type, packet type, length, address (8).
    private static final int ADDRESS = 20;

    private final Descriptor descriptor;
    private final SocketControl control;
    private final MacAddress own;
    private final MemorySegment state;
    private final MemorySegment buffer;
    private final byte[] bytes = new byte[BUFFER];

    private ArpSocket(SocketControl control, MacAddress own) {
        Arena arena = Arena.ofAuto();
        this.control = control;
        this.descriptor = control.descriptor();
        this.own = own;
        this.state = Libc.errorState(arena);
        this.buffer = arena.allocate(BUFFER, 8);
    }

    /// @param interfaceIndex an Ethernet interface
    /// @param own            its hardware address, which questions come from
    /// @throws SystemCallException without CAP_NET_RAW; says so
    public static ArpSocket open(int interfaceIndex, MacAddress own) throws IOException {
        SocketControl control = SocketControl.openPacket(Short.reverseBytes((short) ArpPacket.ETHER_TYPE) & 0xffff);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment address = arena.allocate(ADDRESS, 8);
            address.set(ValueLayout.JAVA_SHORT, 0, (short) AF_PACKET);
            address.set(SocketAddresses.NET_SHORT, 2, (short) ArpPacket.ETHER_TYPE);
            address.set(ValueLayout.JAVA_INT, 4, interfaceIndex);
            int result = Libc.bind(Libc.errorState(arena), control.descriptor().number(), address, ADDRESS);
            if (result < 0) {
                control.descriptor().close();
                throw new SystemCallException("bind of ARP on interface " + interfaceIndex, -result, "");
            }
        }
        return new ArpSocket(control, own);
    }

    /// Asks everyone on the interface who has `target`.
    public void probe(IpAddress target) throws IOException {
        if (!descriptor.enter()) return;
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment frame = arena.allocateFrom(ValueLayout.JAVA_BYTE, ArpPacket.probe(own, target));
            int result = Libc.send(Libc.errorState(arena), descriptor.number(), frame, 0);
            if (result < 0) throw new SystemCallException("ARP probe for " + target, -result, "");
        } finally {
            descriptor.leave();
        }
    }

    /// Waits for ARP at most this long.
    ///
    /// @return what came; empty when the time is over, something else came, or it is closed
    public Optional<ArpPacket> hear(long timeoutNanos) throws IOException {
        if (!descriptor.enter()) return Optional.empty();
        try {
            control.receiveTimeout(Math.max(timeoutNanos, 1));
            int length = Libc.recv(state, descriptor.number(), buffer, 0);
            boolean nothing = length == -Errno.EAGAIN || length == -Errno.EINTR || length == -Errno.ENETDOWN;
            if (nothing || descriptor.isClosed()) return Optional.empty();
            if (length < 0) throw new SystemCallException("recv of ARP", -length, "");
            MemorySegment.copy(buffer, ValueLayout.JAVA_BYTE, 0, bytes, 0, length);
            return ArpPacket.decode(bytes, length);
        } finally {
            descriptor.leave();
        }
    }

    @Override
    public void close() {
        descriptor.close();
    }
}
