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

/// Short Ethernet frames of one type, to and from one interface. Needs CAP_NET_RAW.
///
/// One thread hears; any thread may send or close. A wait under way when it is closed lasts until its time is over:
/// packet sockets know no shutdown.
final class FrameSocket implements Closeable {
    /// Room for a frame with a VLAN tag or padding; longer ones are cut.
    private static final int BUFFER = 128;
    /// `struct sockaddr_ll`: family, protocol, index, hardware type, packet type, length, address (8).
    private static final int ADDRESS = 20;
    /// `struct sock_filter`: code, jump if true, jump if false, value.
    private static final int INSTRUCTION = 8;

    private final Descriptor descriptor;
    private final SocketControl control;
    private final String what;
    private final MemorySegment state;
    private final MemorySegment buffer;

    private FrameSocket(SocketControl control, String what) {
        Arena arena = Arena.ofAuto();
        this.control = control;
        this.descriptor = control.descriptor();
        this.what = what;
        this.state = Libc.errorState(arena);
        this.buffer = arena.allocate(BUFFER, 8);
    }

    /// @param interfaceIndex an Ethernet interface
    /// @param etherType      of the frames
    /// @param what           they are, for messages: `ARP`
    /// @throws SystemCallException without CAP_NET_RAW; says so
    static FrameSocket open(int interfaceIndex, int etherType, String what) throws IOException {
        SocketControl control = SocketControl.openPacket(Short.reverseBytes((short) etherType) & 0xffff);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment address = arena.allocate(ADDRESS, 8);
            address.set(ValueLayout.JAVA_SHORT, 0, (short) AF_PACKET);
            address.set(SocketAddresses.NET_SHORT, 2, (short) etherType);
            address.set(ValueLayout.JAVA_INT, 4, interfaceIndex);
            int result = Libc.bind(Libc.errorState(arena), control.descriptor().number(), address, ADDRESS);
            if (result < 0) {
                control.descriptor().close();
                throw new SystemCallException("bind of " + what + " on interface " + interfaceIndex, -result, "");
            }
        }
        return new FrameSocket(control, what);
    }

    /// Has the kernel leave out what this program of its packet filter refuses.
    ///
    /// @param program instructions of classic BPF, each `struct sock_filter` in one number: code (16 bits),
    /// jump if true (8), jump if false (8), value (32)
    void filter(long... program) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment code = arena.allocate((long) program.length * INSTRUCTION, 8);
            for (int i = 0; i < program.length; i++) {
                long at = (long) i * INSTRUCTION;
                code.set(ValueLayout.JAVA_SHORT, at, (short) (program[i] >>> 48));
                code.set(ValueLayout.JAVA_BYTE, at + 2, (byte) (program[i] >>> 40));
                code.set(ValueLayout.JAVA_BYTE, at + 3, (byte) (program[i] >>> 32));
                code.set(ValueLayout.JAVA_INT, at + 4, (int) program[i]);
            }
            // struct sock_fprog: length, padding, pointer.
            MemorySegment program16 = arena.allocate(16, 8);
            program16.set(ValueLayout.JAVA_SHORT, 0, (short) program.length);
            program16.set(ValueLayout.JAVA_LONG, 8, code.address());
            int result = Libc.setsockopt(
                    Libc.errorState(arena), descriptor.number(), SOL_SOCKET, SO_ATTACH_FILTER, program16);
            if (result < 0) throw new SystemCallException("setsockopt SO_ATTACH_FILTER", -result, "");
        }
    }

    void send(byte[] frame) throws IOException {
        if (!descriptor.enter()) return;
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment bytes = arena.allocateFrom(ValueLayout.JAVA_BYTE, frame);
            int result = Libc.send(Libc.errorState(arena), descriptor.number(), bytes, 0);
            if (result < 0) throw new SystemCallException("send of " + what, -result, "");
        } finally {
            descriptor.leave();
        }
    }

    /// Waits for a frame at most this long.
    ///
    /// @return its bytes; empty when the time is over or it is closed
    Optional<byte[]> hear(long timeoutNanos) throws IOException {
        if (!descriptor.enter()) return Optional.empty();
        try {
            control.receiveTimeout(Math.max(timeoutNanos, 1));
            int length = Libc.recv(state, descriptor.number(), buffer, 0);
            boolean nothing = length == -Errno.EAGAIN || length == -Errno.EINTR || length == -Errno.ENETDOWN;
            if (nothing || descriptor.isClosed()) return Optional.empty();
            if (length < 0) throw new SystemCallException("recv of " + what, -length, "");
            byte[] bytes = new byte[length];
            MemorySegment.copy(buffer, ValueLayout.JAVA_BYTE, 0, bytes, 0, length);
            return Optional.of(bytes);
        } finally {
            descriptor.leave();
        }
    }

    @Override
    public void close() {
        descriptor.close();
    }
}
