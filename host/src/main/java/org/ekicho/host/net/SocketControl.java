package org.ekicho.host.net;

import static org.ekicho.host.linux.Sockets.*;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.ClosedChannelException;
import org.ekicho.host.PortOwners;
import org.ekicho.host.linux.Errno;
import org.ekicho.host.linux.Libc;
import org.ekicho.host.linux.SystemCallException;
import org.ekicho.host.net.UdpOptions.Allowance;
import org.ekicho.wire.Endpoint;
import org.ekicho.wire.IpAddress;
import org.jspecify.annotations.Nullable;

/// Everything about a UDP socket that is not on the path of a packet: opening, options, binding, groups.
final class SocketControl {
    /// `struct group_req`: index, padding, one sockaddr_storage; `struct group_source_req` has a second one.
    static final int GROUP_REQUEST = 136;

    static final int GROUP_SOURCE_REQUEST = 264;
    /// SK_MEMINFO_DROPS, the ninth counter of `linux/sock_diag.h`.
    private static final int MEMINFO_DROPS = 8 * 4;

    static final int GROUP = 8;
    static final int SOURCE = 136;

    private final Descriptor descriptor;
    private final boolean v4;

    private SocketControl(Descriptor descriptor, boolean v4) {
        this.descriptor = descriptor;
        this.v4 = v4;
    }

    Descriptor descriptor() {
        return descriptor;
    }

    /// Opens the socket and sets its options; not yet bound.
    static SocketControl open(UdpOptions options) throws IOException {
        boolean v4 = options.bind().isV4();
        int fd;
        try (Arena arena = Arena.ofConfined()) {
            fd = Libc.socket(Libc.errorState(arena), v4 ? AF_INET : AF_INET6, SOCK_DGRAM | SOCK_CLOEXEC, 0);
        }
        if (fd < 0) {
            String remedy = fd == -Errno.EAFNOSUPPORT ? "this host has no IPv6" : "";
            throw new SystemCallException("socket for UDP over " + (v4 ? "IPv4" : "IPv6"), -fd, remedy);
        }
        SocketControl control = new SocketControl(new Descriptor(fd), v4);
        try {
            control.setOptions(options);
        } catch (IOException | RuntimeException e) {
            control.descriptor.close();
            throw e;
        }
        return control;
    }

    /// Opens a raw IPv4 socket that hears a protocol on all interfaces.
    static SocketControl openRaw(int protocol) throws IOException {
        SocketControl control = openRaw(AF_INET, protocol, "protocol " + protocol);
        control.tryToSet(IPPROTO_IP, IP_PKTINFO, 1);
        return control;
    }

    /// Opens a socket for whole Ethernet frames; hears those of all interfaces until it is bound to one.
    ///
    /// @param protocol EtherType in network byte order
    static SocketControl openPacket(int protocol) throws IOException {
        return openRaw(AF_PACKET, protocol, "frames");
    }

    private static SocketControl openRaw(int family, int protocol, String what) throws IOException {
        int fd;
        try (Arena arena = Arena.ofConfined()) {
            fd = Libc.socket(Libc.errorState(arena), family, SOCK_RAW | SOCK_CLOEXEC, protocol);
        }
        if (fd < 0) {
            String remedy = fd == -Errno.EPERM ? "needs root or CAP_NET_RAW" : "";
            throw new SystemCallException("raw socket for " + what, -fd, remedy);
        }
        return new SocketControl(new Descriptor(fd), true);
    }

    private void setOptions(UdpOptions options) throws IOException {
        if (options.allows(Allowance.SHARED_PORT)) {
            set(SOL_SOCKET, SO_REUSEADDR, 1, "SO_REUSEADDR");
        }
        if (options.device().isPresent()) {
            bindToDevice(options.device().get());
        }
        set(SOL_SOCKET, SO_TIMESTAMPNS, 1, "SO_TIMESTAMPNS");
        if (v4) {
            set(IPPROTO_IP, IP_PKTINFO, 1, "IP_PKTINFO");
            set(IPPROTO_IP, IP_TOS, options.dscp() << 2, "IP_TOS");
            // Nothing here is longer than a frame; and a packet that may not be cut needs no id, which is dear to make.
            set(IPPROTO_IP, IP_MTU_DISCOVER, IP_PMTUDISC_PROBE, "IP_MTU_DISCOVER");
            set(IPPROTO_IP, IP_MULTICAST_LOOP, options.allows(Allowance.HEARD_HERE) ? 1 : 0, "IP_MULTICAST_LOOP");
            set(IPPROTO_IP, IP_MULTICAST_ALL, 0, "IP_MULTICAST_ALL");
            set(SOL_SOCKET, SO_BROADCAST, options.allows(Allowance.BROADCAST) ? 1 : 0, "SO_BROADCAST");
        } else {
            set(IPPROTO_IPV6, IPV6_V6ONLY, 1, "IPV6_V6ONLY");
            set(IPPROTO_IPV6, IPV6_RECVPKTINFO, 1, "IPV6_RECVPKTINFO");
            set(IPPROTO_IPV6, IPV6_TCLASS, options.dscp() << 2, "IPV6_TCLASS");
            set(IPPROTO_IPV6, IPV6_MULTICAST_LOOP, options.allows(Allowance.HEARD_HERE) ? 1 : 0, "IPV6_MULTICAST_LOOP");
            set(IPPROTO_IPV6, IPV6_MULTICAST_ALL, 0, "IPV6_MULTICAST_ALL");
        }
        if (options.receiveBuffer() > 0 && tryToSet(SOL_SOCKET, SO_RCVBUFFORCE, options.receiveBuffer()) < 0) {
            // Without CAP_NET_ADMIN the kernel's own limit (net.core.rmem_max) holds, without an error.
            set(SOL_SOCKET, SO_RCVBUF, options.receiveBuffer(), "SO_RCVBUF");
        }
    }

    private void bindToDevice(String name) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment value = arena.allocateFrom(name);
            int result =
                    Libc.setsockopt(Libc.errorState(arena), descriptor.number(), SOL_SOCKET, SO_BINDTODEVICE, value);
            if (result < 0) {
                String remedy = result == -Errno.ENODEV ? "no interface has this name; see `ip link`" : "";
                throw new SystemCallException("setsockopt SO_BINDTODEVICE " + name, -result, remedy);
            }
        }
    }

    /// Binds and returns where it is bound.
    Endpoint bind(UdpOptions options) throws IOException {
        Endpoint wanted = new Endpoint(options.bind(), options.port());
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = Libc.errorState(arena);
            MemorySegment address = arena.allocate(SocketAddresses.ROOM, 8);
            int length = SocketAddresses.write(address, 0, options.bind(), options.port(), 0);
            int result = Libc.bind(state, descriptor.number(), address, length);
            if (result < 0) {
                throw bindFailure(wanted, -result);
            }
            MemorySegment room = arena.allocateFrom(ValueLayout.JAVA_INT, SocketAddresses.ROOM);
            result = Libc.getsockname(state, descriptor.number(), address, room);
            if (result < 0) {
                throw new SystemCallException("getsockname", -result, "");
            }
            return new Endpoint(options.bind(), SocketAddresses.readPort(address, 0));
        }
    }

    private static SystemCallException bindFailure(Endpoint wanted, int errno) {
        String call = "bind to UDP " + wanted;
        return switch (errno) {
            case Errno.EADDRINUSE -> new AddressInUseException(wanted, new PortOwners().udp(wanted));
            case Errno.EACCES, Errno.EPERM ->
                new SystemCallException(
                        call,
                        errno,
                        "ports below 1024 need root or CAP_NET_BIND_SERVICE (in a systemd unit:"
                                + " AmbientCapabilities=CAP_NET_BIND_SERVICE)");
            case Errno.EADDRNOTAVAIL ->
                new SystemCallException(call, errno, "no interface of this host has this address; see `ip address`");
            default -> new SystemCallException(call, errno, "");
        };
    }

    /// @param nanos how long a receive waits; 0: for ever
    void receiveTimeout(long nanos) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment value = arena.allocate(16, 8);
            value.set(ValueLayout.JAVA_LONG, 0, nanos / 1_000_000_000L);
            // Microseconds rounded up: zero would mean for ever.
            value.set(ValueLayout.JAVA_LONG, 8, (nanos % 1_000_000_000L + 999) / 1000);
            int result = Libc.setsockopt(Libc.errorState(arena), descriptor.number(), SOL_SOCKET, SO_RCVTIMEO, value);
            if (result < 0) {
                throw new SystemCallException("setsockopt SO_RCVTIMEO", -result, "");
            }
        }
    }

    /// Datagrams that the kernel has dropped since there was no room for them in the receive buffer.
    long dropped() throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment counters = arena.allocate(MEMINFO_DROPS + 4, 4);
            MemorySegment length = arena.allocateFrom(ValueLayout.JAVA_INT, (int) counters.byteSize());
            if (!descriptor.enter()) {
                throw new ClosedChannelException();
            }
            int result;
            try {
                result = Libc.getsockopt(
                        Libc.errorState(arena), descriptor.number(), SOL_SOCKET, SO_MEMINFO, counters, length);
            } finally {
                descriptor.leave();
            }
            if (result < 0) {
                throw new SystemCallException("getsockopt SO_MEMINFO", -result, "");
            }
            return counters.get(ValueLayout.JAVA_INT, MEMINFO_DROPS) & 0xffff_ffffL;
        }
    }

    void join(IpAddress group, int index) throws IOException {
        membership(MCAST_JOIN_GROUP, "join " + group, group, index, null);
    }

    void join(IpAddress group, int index, IpAddress source) throws IOException {
        membership(MCAST_JOIN_SOURCE_GROUP, "join " + group + " from " + source, group, index, source);
    }

    void leave(IpAddress group, int index) throws IOException {
        membership(MCAST_LEAVE_GROUP, "leave " + group, group, index, null);
    }

    void leave(IpAddress group, int index, IpAddress source) throws IOException {
        membership(MCAST_LEAVE_SOURCE_GROUP, "leave " + group + " from " + source, group, index, source);
    }

    private void membership(int option, String what, IpAddress group, int index, @Nullable IpAddress source)
            throws IOException {
        if (!group.isMulticast() || group.isV4() != v4) {
            throw new IllegalArgumentException(group + " is no group of " + (v4 ? "IPv4" : "IPv6"));
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment request = arena.allocate(source == null ? GROUP_REQUEST : GROUP_SOURCE_REQUEST, 8);
            request.set(ValueLayout.JAVA_INT, 0, index);
            SocketAddresses.write(request, GROUP, group, 0, 0);
            if (source != null) {
                SocketAddresses.write(request, SOURCE, source, 0, 0);
            }
            if (!descriptor.enter()) {
                throw new ClosedChannelException();
            }
            int result;
            try {
                result = Libc.setsockopt(
                        Libc.errorState(arena), descriptor.number(), v4 ? IPPROTO_IP : IPPROTO_IPV6, option, request);
            } finally {
                descriptor.leave();
            }
            if (result < 0) {
                throw new SystemCallException(what + " on interface " + index, -result, membershipRemedy(-result));
            }
        }
    }

    private String membershipRemedy(int errno) {
        return switch (errno) {
            case Errno.EADDRINUSE -> "this socket has joined it already";
            case Errno.ENODEV -> "there is no such interface any more";
            case Errno.ENOBUFS ->
                v4
                        ? "a host may join few groups by default; raise net.ipv4.igmp_max_memberships"
                        : "raise net.ipv6.mld_max_msf";
            case Errno.EADDRNOTAVAIL -> "it had not been joined";
            default -> "";
        };
    }

    private void set(int level, int option, int value, String name) throws IOException {
        int result = tryToSet(level, option, value);
        if (result < 0) {
            throw new SystemCallException("setsockopt " + name, -result, "");
        }
    }

    private int tryToSet(int level, int option, int value) {
        try (Arena arena = Arena.ofConfined()) {
            return Libc.setsockopt(
                    Libc.errorState(arena),
                    descriptor.number(),
                    level,
                    option,
                    arena.allocateFrom(ValueLayout.JAVA_INT, value));
        }
    }
}
