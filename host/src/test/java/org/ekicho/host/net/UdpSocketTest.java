package org.ekicho.host.net;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.ekicho.host.linux.Errno;
import org.ekicho.host.linux.SystemCallException;
import org.ekicho.wire.Datagram;
import org.ekicho.wire.Endpoint;
import org.ekicho.wire.IpAddress;
import org.junit.jupiter.api.Test;

class UdpSocketTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final int LO = 1;
    private static final IpAddress GROUP = IpAddress.literal("239.123.45.67");

    private static UdpSocket open(String address) throws IOException {
        return UdpSocket.open(UdpOptions.on(IpAddress.literal(address), 0));
    }

    private static Datagram[] batch(int size) {
        Datagram[] batch = new Datagram[size];
        for (int i = 0; i < size; i++) {
            batch[i] = new Datagram();
        }
        return batch;
    }

    private static Datagram to(IpAddress address, int port, String text) {
        return new Datagram()
                .peer(address, port)
                .local(address.isV4() ? IpAddress.ANY_V4 : IpAddress.ANY_V6, 0)
                .payload(text.getBytes(UTF_8));
    }

    private static String text(Datagram datagram) {
        return new String(datagram.toPayload(), UTF_8);
    }

    /// Receives until one comes; fails after a time that no healthy host needs.
    private static Datagram one(UdpSocket socket) throws IOException {
        Datagram[] batch = batch(1);
        for (int i = 0; i < 10; i++) {
            if (socket.receive(batch, SECOND) == 1) {
                return batch[0];
            }
        }
        throw new AssertionError("nothing came");
    }

    @Test
    void tells_address_interface_and_time_of_what_came() throws IOException {
        for (String address : List.of("0.0.0.0", "::")) {
            try (UdpSocket server = open(address);
                    UdpSocket client = open(address)) {
                IpAddress loopback =
                        server.local().address().isV4() ? IpAddress.literal("127.0.0.9") : IpAddress.LOOPBACK_V6;
                long before = nanos();
                client.send(to(loopback, server.local().port(), "hello"), 0);
                Datagram came = one(server);
                assertThat(text(came)).isEqualTo("hello");
                assertThat(came.local()).isEqualTo(loopback);
                assertThat(came.interfaceIndex).isEqualTo(LO);
                assertThat(came.peerPort).isEqualTo(client.local().port());
                assertThat(came.peer().isLoopback()).isTrue();
                assertThat(came.receivedAtNanos).isBetween(before - SECOND, nanos() + SECOND);
            }
        }
    }

    private static long nanos() {
        Instant now = Instant.now();
        return now.getEpochSecond() * SECOND + now.getNano();
    }

    @Test
    void answers_from_the_address_that_was_asked() throws IOException {
        try (UdpSocket server = open("0.0.0.0");
                UdpSocket client = open("0.0.0.0")) {
            for (String asked : List.of("127.0.0.2", "127.1.2.3")) {
                client.send(to(IpAddress.literal(asked), server.local().port(), "ask"), 0);
                Datagram request = one(server);
                Datagram[] replies = {request.payload("answer".getBytes(UTF_8))};
                assertThat(server.send(replies, 1)).isEqualTo(1);
                Datagram answer = one(client);
                assertThat(answer.peer()).hasToString(asked);
                assertThat(text(answer)).isEqualTo("answer");
            }
        }
    }

    @Test
    void receives_and_sends_whole_batches_in_order() throws IOException {
        try (UdpSocket server = open("127.0.0.1");
                UdpSocket client = open("127.0.0.1")) {
            Datagram[] out = batch(100);
            for (int i = 0; i < out.length; i++) {
                out[i] = to(IpAddress.LOOPBACK_V4, server.local().port(), "n" + i);
            }
            assertThat(client.send(out, out.length)).isEqualTo(100);
            Datagram[] in = batch(32);
            List<String> came = new ArrayList<>();
            while (came.size() < 100) {
                int count = server.receive(in, SECOND);
                assertThat(count).isPositive();
                for (int i = 0; i < count; i++) {
                    came.add(text(in[i]));
                }
            }
            for (int i = 0; i < 100; i++) {
                assertThat(came.get(i)).isEqualTo("n" + i);
            }
        }
    }

    @Test
    void a_refused_datagram_is_counted_and_does_not_hold_up_the_others() throws IOException {
        try (UdpSocket server = open("127.0.0.1");
                UdpSocket client = open("0.0.0.0")) {
            Datagram[] out = batch(3);
            for (int i = 0; i < 3; i++) {
                out[i] = to(IpAddress.LOOPBACK_V4, server.local().port(), "n" + i);
            }
            out[1].local(IpAddress.literal("192.0.2.1"), 0);
            assertThat(client.send(out, 3)).isEqualTo(2);
            assertThat(client.sendFailures()).isEqualTo(1);
            assertThat(client.lastSendError()).startsWith("ENETUNREACH");
            assertThat(text(one(server))).isEqualTo("n0");
            assertThat(text(one(server))).isEqualTo("n2");
            assertThatThrownBy(() -> client.send(out[1], 0))
                    .isInstanceOf(SystemCallException.class)
                    .hasMessageContaining("from 192.0.2.1")
                    .hasMessageContaining("192.0.2.1 is not this host");
        }
    }

    @Test
    void drops_and_counts_what_is_longer_than_a_datagram_holds() throws Exception {
        try (UdpSocket server = open("127.0.0.1");
                DatagramSocket client = new DatagramSocket()) {
            InetAddress there = IpAddress.LOOPBACK_V4.toInetAddress();
            for (int size : new int[] {Datagram.CAPACITY + 1, 9000, Datagram.CAPACITY, 0}) {
                client.send(new DatagramPacket(
                        new byte[size], size, there, server.local().port()));
            }
            assertThat(one(server).length).isEqualTo(Datagram.CAPACITY);
            assertThat(server.truncated()).isEqualTo(2);
            assertThat(one(server).length).isZero();
        }
    }

    @Test
    void hears_a_group_on_the_joined_interface_without_a_route() throws IOException {
        try (UdpSocket receiver = UdpSocket.open(UdpOptions.on(GROUP, 0).sharingThePort());
                UdpSocket sender =
                        UdpSocket.open(UdpOptions.on(IpAddress.ANY_V4, 0).heardHere())) {
            receiver.join(GROUP, LO);
            int port = receiver.local().port();
            sender.send(to(GROUP, port, "all").local(IpAddress.LOOPBACK_V4, LO), 3);
            Datagram came = one(receiver);
            assertThat(text(came)).isEqualTo("all");
            assertThat(came.local()).isEqualTo(GROUP);
            assertThat(came.interfaceIndex).isEqualTo(LO);

            receiver.leave(GROUP, LO);
            receiver.join(GROUP, LO, IpAddress.literal("127.0.0.5"));
            sender.send(to(GROUP, port, "stranger").local(IpAddress.LOOPBACK_V4, LO), 1);
            sender.send(to(GROUP, port, "friend").local(IpAddress.literal("127.0.0.5"), LO), 1);
            assertThat(text(one(receiver))).isEqualTo("friend");
            receiver.leave(GROUP, LO, IpAddress.literal("127.0.0.5"));
            assertThatThrownBy(() -> receiver.leave(GROUP, LO)).hasMessageContaining("it had not been joined");
        }
    }

    @Test
    void joins_an_ipv6_group_and_says_why_lo_cannot_send_to_one() throws IOException {
        IpAddress group = IpAddress.literal("ff02::4321");
        try (UdpSocket socket = open("::")) {
            socket.join(group, LO);
            socket.leave(group, LO);
            socket.send(to(IpAddress.LOOPBACK_V6, socket.local().port(), "six").local(IpAddress.LOOPBACK_V6, LO), 7);
            assertThat(text(one(socket))).isEqualTo("six");
            assertThatThrownBy(() -> socket.join(GROUP, LO)).hasMessageContaining("no group of IPv6");
            assertThatThrownBy(() -> socket.send(to(group, 9, "").local(IpAddress.LOOPBACK_V6, LO), 1))
                    .hasMessageContaining("cannot send to IPv6 groups");
        }
    }

    @Test
    void counts_what_the_kernel_had_no_room_for() throws IOException {
        try (UdpSocket server =
                        UdpSocket.open(UdpOptions.on(IpAddress.LOOPBACK_V4, 0).withReceiveBuffer(4096));
                UdpSocket client = open("127.0.0.1")) {
            assertThat(server.dropped()).isZero();
            Datagram datagram = to(IpAddress.LOOPBACK_V4, server.local().port(), "flood");
            for (int i = 0; i < 200; i++) {
                client.send(datagram, 0);
            }
            int came = 0;
            Datagram[] in = batch(64);
            for (int count = server.receive(in, 0); count > 0; count = server.receive(in, 0)) {
                came += count;
            }
            assertThat(came).isPositive();
            assertThat(server.dropped()).isEqualTo(200 - came);
        }
    }

    @Test
    void returns_nothing_when_the_time_is_over() throws IOException {
        try (UdpSocket socket = open("127.0.0.1")) {
            assertThat(socket.receive(batch(4), 0)).isZero();
            assertThat(socket.receive(batch(4), 1_000_000)).isZero();
        }
    }

    @Test
    void closing_wakes_the_thread_that_waits() throws Exception {
        UdpSocket socket = open("127.0.0.1");
        AtomicInteger result = new AtomicInteger(99);
        Thread waiting = Thread.ofPlatform().start(() -> {
            try {
                result.set(socket.receive(batch(4), UdpSocket.FOREVER));
            } catch (IOException e) {
                result.set(-99);
            }
        });
        Thread.sleep(50);
        socket.close();
        waiting.join(10_000);
        assertThat(waiting.isAlive()).isFalse();
        assertThat(result).hasValue(UdpSocket.CLOSED);
        assertThat(socket.receive(batch(1), 0)).isEqualTo(UdpSocket.CLOSED);
        assertThatThrownBy(() -> socket.send(batch(1), 1)).isInstanceOf(java.nio.channels.ClosedChannelException.class);
        socket.close();
    }

    @Test
    void a_port_in_use_names_its_owner() throws Exception {
        try (DatagramSocket other =
                new DatagramSocket(new InetSocketAddress(IpAddress.LOOPBACK_V4.toInetAddress(), 0))) {
            int port = other.getLocalPort();
            assertThatThrownBy(() -> UdpSocket.open(UdpOptions.on(IpAddress.ANY_V4, port)))
                    .isInstanceOfSatisfying(AddressInUseException.class, e -> {
                        assertThat(e.errno()).isEqualTo(Errno.EADDRINUSE);
                        assertThat(e.wanted()).isEqualTo(new Endpoint(IpAddress.ANY_V4, port));
                        assertThat(e.owners())
                                .singleElement()
                                .satisfies(owner -> assertThat(owner.pid())
                                        .contains((int) ProcessHandle.current().pid()));
                    })
                    .hasMessageContaining("java (pid " + ProcessHandle.current().pid());
        }
    }

    @Test
    void an_address_that_is_not_ours_says_so() {
        assertThatThrownBy(() -> open("192.0.2.77"))
                .isInstanceOf(SystemCallException.class)
                .hasMessageContaining("bind to UDP 192.0.2.77:0")
                .hasMessageContaining("EADDRNOTAVAIL")
                .hasMessageContaining("ip address");
        assertThatThrownBy(
                        () -> UdpSocket.open(UdpOptions.on(IpAddress.ANY_V4, 0).onDevice("none17")))
                .hasMessageContaining("none17")
                .hasMessageContaining("ip link");
    }

    @Test
    void allocates_nothing_per_packet_once_warm() throws IOException {
        var threads = (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean();
        try (UdpSocket server = open("127.0.0.1");
                UdpSocket client = open("127.0.0.1")) {
            Datagram[] out = batch(32);
            for (Datagram datagram : out) {
                datagram.peer(IpAddress.LOOPBACK_V4, server.local().port());
                datagram.length = 48;
            }
            Datagram[] in = batch(32);
            long packets = 0;
            long allocated = Long.MAX_VALUE;
            // The compiler decides when it is warm: the best of many rounds counts.
            for (int round = 0; round < 150 && allocated > 0; round++) {
                long before = threads.getCurrentThreadAllocatedBytes();
                packets = exchange(server, client, out, in, 200);
                allocated = threads.getCurrentThreadAllocatedBytes() - before;
            }
            assertThat(allocated).as("bytes allocated for %d packets", packets).isLessThan(packets / 100);
        }
    }

    private static long exchange(UdpSocket server, UdpSocket client, Datagram[] out, Datagram[] in, int times)
            throws IOException {
        long packets = 0;
        for (int i = 0; i < times; i++) {
            client.send(out, out.length);
            int seen = 0;
            while (seen < out.length) {
                seen += server.receive(in, SECOND);
            }
            server.send(in, 32);
            seen = 0;
            while (seen < out.length) {
                seen += client.receive(in, SECOND);
            }
            packets += 2L * out.length;
        }
        return packets;
    }
}
