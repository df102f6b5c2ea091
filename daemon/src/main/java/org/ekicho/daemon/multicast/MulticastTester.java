package org.ekicho.daemon.multicast;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.ekicho.host.net.NetInterface;
import org.ekicho.host.net.UdpOptions;
import org.ekicho.host.net.UdpSocket;
import org.ekicho.wire.Datagram;
import org.ekicho.wire.IpAddress;

/// Sends and hears test datagrams of a group, interface by interface. Has a port of its own and no part in NTP.
public final class MulticastTester implements Closeable {
    /// Of no other protocol that is known here.
    public static final int PORT = 20_123;

    private static final int BATCH = 16;

    private final UdpSocket socket;
    private final IpAddress group;
    private final int port;
    private final Datagram[] batch = new Datagram[BATCH];

    private MulticastTester(UdpSocket socket, IpAddress group, int port) {
        this.socket = socket;
        this.group = group;
        this.port = port;
        for (int i = 0; i < BATCH; i++) {
            batch[i] = new Datagram();
        }
    }

    /// What was heard.
    ///
    /// @param datagram       what it says of itself
    /// @param from           who sent it
    /// @param interfaceIndex by which of our interfaces it came
    public record Heard(TestDatagram datagram, IpAddress from, int interfaceIndex) {}

    /// Joins the group on these interfaces.
    ///
    /// @param source hear this sender only
    public static MulticastTester listening(
            IpAddress group, int port, List<NetInterface> interfaces, Optional<IpAddress> source) throws IOException {
        UdpSocket socket = UdpSocket.open(options(group, port).sharingThePort());
        try {
            for (NetInterface one : interfaces) {
                if (source.isPresent()) {
                    socket.join(group, one.index(), source.get());
                } else {
                    socket.join(group, one.index());
                }
            }
            return new MulticastTester(socket, group, port);
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    /// Ready to send; hears nothing.
    public static MulticastTester sending(IpAddress group, int port) throws IOException {
        return new MulticastTester(UdpSocket.open(options(group, 0)), group, port);
    }

    /// A listener on this host hears the sender on this host too.
    private static UdpOptions options(IpAddress group, int port) {
        return UdpOptions.on(group.isV4() ? IpAddress.ANY_V4 : IpAddress.ANY_V6, port)
                .heardHere()
                .withBatch(BATCH);
    }

    /// A number for [TestDatagram#run].
    public static long newRun() {
        return RandomGenerator.getDefault().nextLong();
    }

    /// Sends one datagram by one interface.
    ///
    /// @param hops how many routers it may pass, plus one: 1 stays on the link
    public void send(NetInterface by, TestDatagram datagram, int hops) throws IOException {
        Datagram out =
                new Datagram().peer(group, port).local(source(by), by.index()).payload(datagram.encode());
        socket.send(out, hops);
    }

    /// The first address of the group's family; the kernel's choice where there is none.
    private IpAddress source(NetInterface by) {
        if (!group.isV4()) {
            return IpAddress.ANY_V6;
        }
        return by.addresses().stream()
                .map(NetInterface.Address::address)
                .filter(IpAddress::isV4)
                .findFirst()
                .orElse(IpAddress.ANY_V4);
    }

    /// Waits at most this long and returns what came to the group; nothing when the time is over.
    public List<Heard> hear(long timeoutNanos) throws IOException {
        int count = socket.receive(batch, timeoutNanos);
        List<Heard> heard = new java.util.ArrayList<>();
        for (int i = 0; i < count; i++) {
            Datagram one = batch[i];
            if (one.local().equals(group)) {
                TestDatagram.decode(one.toPayload())
                        .ifPresent(datagram -> heard.add(new Heard(datagram, one.peer(), one.interfaceIndex)));
            }
        }
        return heard;
    }

    @Override
    public void close() {
        socket.close();
    }
}
