package org.ekicho.daemon.demo;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.ekicho.host.net.UdpOptions;
import org.ekicho.host.net.UdpSocket;
import org.ekicho.wire.Datagram;
import org.ekicho.wire.IpAddress;

/// Somebody on the network who records a multicast packet and plays it again later, from the sender's own address.
public final class Replayer implements AutoCloseable {
    private static final int LOOPBACK_INDEX = 1;
    /// From where it sends; the address in its packets is the sender's.
    private static final IpAddress OWN = IpAddress.literal("127.0.0.66");

    private final DemoSettings settings;
    private final UdpSocket ear;
    private final UdpSocket mouth;

    /// @throws IOException if its sockets cannot be opened
    public Replayer(DemoSettings settings) throws IOException {
        this.settings = settings;
        this.ear =
                UdpSocket.open(UdpOptions.on(settings.group(), settings.port()).sharingThePort());
        this.mouth = UdpSocket.open(UdpOptions.on(OWN, settings.port()).heardHere());
        ear.join(settings.group(), LOOPBACK_INDEX);
    }

    /// Waits for the next packet of the stream.
    ///
    /// @throws IOException if none comes within ten seconds
    public Datagram record() throws IOException {
        Datagram[] batch = {new Datagram()};
        for (int seconds = 0; seconds < 10; seconds++) {
            if (ear.receive(batch, TimeUnit.SECONDS.toNanos(1)) > 0) {
                return batch[0];
            }
        }
        throw new IOException("no packet of the stream was heard to be recorded");
    }

    /// Sends a recorded packet again, byte for byte, as from its sender.
    public void play(Datagram recorded) throws IOException {
        Datagram again = new Datagram()
                .copyFrom(recorded)
                .local(recorded.peer(), LOOPBACK_INDEX)
                .peer(settings.group(), settings.port());
        mouth.send(again, 1);
    }

    @Override
    public void close() {
        ear.close();
        mouth.close();
    }
}
