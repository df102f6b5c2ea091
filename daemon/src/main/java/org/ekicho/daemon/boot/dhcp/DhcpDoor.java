package org.ekicho.daemon.boot.dhcp;

import java.io.IOException;
import org.ekicho.host.net.UdpOptions;
import org.ekicho.host.net.UdpSocket;
import org.ekicho.wire.Datagram;
import org.ekicho.wire.Endpoint;
import org.ekicho.wire.IpAddress;

/// A socket of one port on one interface. It is bound to the interface, not to its address: one that is
/// bound to the address never hears what machines without an address send to everyone.
final class DhcpDoor implements AutoCloseable {
    /// Kept for us while a batch goes to disk: some 700 packets.
    private static final int BUFFER = 1 << 20;

    private final DhcpPlace place;
    private final UdpSocket socket;

    private DhcpDoor(DhcpPlace place, UdpSocket socket) {
        this.place = place;
        this.socket = socket;
    }

    static DhcpDoor open(DhcpPlace place, int port) throws IOException {
        return new DhcpDoor(
                place,
                UdpSocket.open(UdpOptions.on(IpAddress.ANY_V4, port)
                        .withDscp(0)
                        .withReceiveBuffer(BUFFER)
                        .sharingThePort()
                        .onDevice(place.name())));
    }

    DhcpPlace place() {
        return place;
    }

    int port() {
        return socket.local().port();
    }

    /// What [UdpSocket#receive] says.
    int receive(Datagram[] batch, long timeoutNanos) throws IOException {
        return socket.receive(batch, timeoutNanos);
    }

    /// Sends by the interface and from its address.
    void send(byte[] bytes, Endpoint to) throws IOException {
        socket.send(new Datagram().payload(bytes).peer(to.address(), to.port()).local(place.ours(), place.index()), 0);
    }

    @Override
    public void close() {
        socket.close();
    }
}
