package org.ekicho.host.net;

import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;
import org.ekicho.host.linux.SystemCallException;
import org.ekicho.wire.IpAddress;
import org.ekicho.wire.MacAddress;

/// Hears the ARP of one interface and asks who has an address. Needs CAP_NET_RAW.
///
/// One thread hears; any thread may ask or close. A wait under way when it is closed lasts until its time
/// is over: packet sockets know no shutdown.
public final class ArpSocket implements Closeable {
    private final FrameSocket frames;
    private final MacAddress own;

    private ArpSocket(FrameSocket frames, MacAddress own) {
        this.frames = frames;
        this.own = own;
    }

    /// @param interfaceIndex an Ethernet interface
    /// @param own            its hardware address, which questions come from
    /// @throws SystemCallException without CAP_NET_RAW; says so
    public static ArpSocket open(int interfaceIndex, MacAddress own) throws IOException {
        return new ArpSocket(FrameSocket.open(interfaceIndex, ArpPacket.ETHER_TYPE, "ARP"), own);
    }

    /// Asks everyone on the interface who has `target`.
    public void probe(IpAddress target) throws IOException {
        frames.send(ArpPacket.probe(own, target));
    }

    /// Waits for ARP at most this long.
    ///
    /// @return what came; empty when the time is over, something else came, or it is closed
    public Optional<ArpPacket> hear(long timeoutNanos) throws IOException {
        return frames.hear(timeoutNanos).flatMap(frame -> ArpPacket.decode(frame, frame.length));
    }

    @Override
    public void close() {
        frames.close();
    }
}
