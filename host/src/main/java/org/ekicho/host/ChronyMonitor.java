package org.ekicho.host;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Optional;
import org.ekicho.wire.Endpoint;
import org.ekicho.wire.IpAddress;

/// Asks the chronyd of this host how it is, on loopback.
public final class ChronyMonitor {
    /// A daemon on the same host answers at once or not at all.
    private static final Duration PATIENCE = Duration.ofMillis(200);

    private final Endpoint where;
    private int sequence;

    public ChronyMonitor() {
        this(new Endpoint(IpAddress.LOOPBACK_V4, ChronyCodec.PORT));
    }

    /// For tests: chronyd with another `cmdport`.
    public ChronyMonitor(Endpoint where) {
        this.where = where;
    }

    /// Its answer; empty when none listens there (`cmdport 0`), or it does not answer in 0.2 s.
    public Optional<ChronyTracking> ask() throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.setSoTimeout((int) PATIENCE.toMillis());
            socket.connect(new InetSocketAddress(where.address().toInetAddress(), where.port()));
            byte[] question = ChronyCodec.encodeTracking(++sequence);
            socket.send(new DatagramPacket(question, question.length));
            DatagramPacket answer = new DatagramPacket(new byte[ChronyCodec.LENGTH], ChronyCodec.LENGTH);
            socket.receive(answer);
            return ChronyCodec.decodeTracking(answer.getData(), answer.getLength(), sequence);
        } catch (SocketTimeoutException | PortUnreachableException nobody) {
            return Optional.empty();
        }
    }
}
