package org.ekicho.daemon.time;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.ekicho.host.net.UdpOptions;
import org.ekicho.host.net.UdpSocket;
import org.ekicho.wire.Datagram;
import org.ekicho.wire.IpAddress;

/// A door that is a UDP socket of this host.
///
/// @param socket the socket, open
public record UdpDoor(UdpSocket socket) implements Door {
    /// Waking once a second costs nothing and bounds how long a closing socket can be waited for.
    private static final long WAIT_NANOS = TimeUnit.SECONDS.toNanos(1);

    /// Opens sockets whose multicast other hosts hear, and this one does not.
    public static Door open(DoorSpec spec) throws IOException {
        return open(options(spec));
    }

    /// Opens sockets whose multicast this host hears, too: for several services on one machine.
    public static Door openHeardHere(DoorSpec spec) throws IOException {
        return open(options(spec).heardHere());
    }

    private static UdpOptions options(DoorSpec spec) {
        UdpOptions options = UdpOptions.on(spec.address(), spec.port());
        return switch (spec.purpose()) {
            case UNICAST -> options;
            case LISTENING -> options.sharingThePort();
        };
    }

    private static Door open(UdpOptions options) throws IOException {
        return new UdpDoor(UdpSocket.open(options));
    }

    @Override
    public int receive(Datagram[] batch) throws IOException {
        return Math.max(0, socket.receive(batch, WAIT_NANOS));
    }

    @Override
    public int send(Datagram[] batch, int count) throws IOException {
        return socket.send(batch, count);
    }

    @Override
    public void send(Datagram datagram, int ttl) throws IOException {
        socket.send(datagram, ttl);
    }

    @Override
    public void join(IpAddress group, int interfaceIndex) throws IOException {
        socket.join(group, interfaceIndex);
    }

    @Override
    public void leave(IpAddress group, int interfaceIndex) throws IOException {
        socket.leave(group, interfaceIndex);
    }

    @Override
    public void close() {
        socket.close();
    }
}
