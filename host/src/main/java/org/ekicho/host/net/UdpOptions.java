package org.ekicho.host.net;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.ekicho.wire.IpAddress;

/// How a UDP socket is to be opened. [#on] has what a time server wants; the other methods return a changed
/// copy.
///
/// @param bind          address to bind; its family is the socket's
/// @param port          0..65535; 0: the kernel chooses
/// @param allowed       what else it may do
/// @param dscp          class of service of everything sent, 0..63
/// @param device        SO_BINDTODEVICE: hears and speaks by this interface only
/// @param receiveBuffer bytes that the kernel keeps for us while we are busy; 0: the system's default
/// @param batch         datagrams per system call, 1..64
public record UdpOptions(
        IpAddress bind,
        int port,
        Set<Allowance> allowed,
        int dscp,
        Optional<String> device,
        int receiveBuffer,
        int batch) {
    /// What a socket may do beyond the usual.
    public enum Allowance {
        /// SO_REUSEADDR: others with the same wish may bind the same address and port.
        SHARED_PORT,
        /// SO_BROADCAST: may send to a broadcast address.
        BROADCAST,
        /// IP_MULTICAST_LOOP: other sockets of this host hear what this one sends to a group.
        HEARD_HERE,
        /// May send what is longer than a frame, in fragments; has a send buffer of the size of the receive
        /// buffer.
        FRAGMENTS,
        /// IP_RECVERR: told when the network says that a datagram could not be delivered.
        HEARS_ERRORS
    }

    /// Expedited forwarding (RFC 3246), what the classic daemon marks its packets with.
    public static final int DSCP_EXPEDITED = 46;
    /// About a quarter of a second of requests at 20,000/s (each is charged about 800 bytes in the kernel).
    public static final int RECEIVE_BUFFER = 4 << 20;
    /// The longest name of an interface, IFNAMSIZ without its zero.
    private static final int DEVICE_NAME = 15;

    public UdpOptions {
        allowed = Set.copyOf(allowed);
        if (port < 0 || port > 0xffff) {
            throw new IllegalArgumentException("a port is 0..65535, not " + port);
        }
        if (dscp < 0 || dscp > 63) {
            throw new IllegalArgumentException("a DSCP is 0..63, not " + dscp);
        }
        if (batch < 1 || batch > MessageVector.MOST) {
            throw new IllegalArgumentException("a batch has 1.." + MessageVector.MOST + " datagrams, not " + batch);
        }
        if (receiveBuffer < 0) {
            throw new IllegalArgumentException("a receive buffer has no " + receiveBuffer + " bytes");
        }
        if (device.isPresent() && (device.get().isEmpty() || device.get().length() > DEVICE_NAME)) {
            throw new IllegalArgumentException("no interface is called \"" + device.get() + "\"");
        }
    }

    /// For time: exclusive, expedited, may broadcast, not heard on this host itself, batches of 64.
    public static UdpOptions on(IpAddress bind, int port) {
        return new UdpOptions(
                bind,
                port,
                Set.of(Allowance.BROADCAST),
                DSCP_EXPEDITED,
                Optional.empty(),
                RECEIVE_BUFFER,
                MessageVector.MOST);
    }

    public boolean allows(Allowance what) {
        return allowed.contains(what);
    }

    /// Others may bind the same address and port: several receivers of one group on one host.
    public UdpOptions sharingThePort() {
        return allowing(Allowance.SHARED_PORT);
    }

    /// This host hears its own multicast.
    public UdpOptions heardHere() {
        return allowing(Allowance.HEARD_HERE);
    }

    /// For bulk: long datagrams, told of errors, no class of service.
    public UdpOptions forBulk() {
        return allowing(Allowance.FRAGMENTS).allowing(Allowance.HEARS_ERRORS).withDscp(0);
    }

    private UdpOptions allowing(Allowance what) {
        Set<Allowance> more = EnumSet.of(what);
        more.addAll(allowed);
        return new UdpOptions(bind, port, more, dscp, device, receiveBuffer, batch);
    }

    public UdpOptions withDscp(int value) {
        return new UdpOptions(bind, port, allowed, value, device, receiveBuffer, batch);
    }

    public UdpOptions onDevice(String name) {
        return new UdpOptions(bind, port, allowed, dscp, Optional.of(name), receiveBuffer, batch);
    }

    public UdpOptions withReceiveBuffer(int bytes) {
        return new UdpOptions(bind, port, allowed, dscp, device, bytes, batch);
    }

    public UdpOptions withBatch(int datagrams) {
        return new UdpOptions(bind, port, allowed, dscp, device, receiveBuffer, datagrams);
    }
}
