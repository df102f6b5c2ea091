package org.ekicho.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import org.ekicho.wire.Endpoint;
import org.ekicho.wire.IpAddress;
import org.junit.jupiter.api.Test;

class ChronyCodecTest {
    private static final int SEQUENCE = 0x01020304;

    static byte[] golden() throws IOException {
        try (InputStream in = ChronyCodecTest.class.getResourceAsStream("/golden/chrony-tracking.bin")) {
            assertThat(in).isNotNull();
            return in.readAllBytes();
        }
    }

    @Test
    void reads_what_chronyd_4_3_answered() throws IOException {
        byte[] reply = golden();
        ChronyTracking tracking =
                ChronyCodec.decodeTracking(reply, reply.length, SEQUENCE).orElseThrow();
        // As `chronyc tracking` printed it in the same moment.
        assertThat(tracking.source()).hasToString("127.0.0.1");
        assertThat(tracking.referenceId()).isEqualTo(0x7f000001);
        assertThat(tracking.stratum()).isEqualTo(9);
        assertThat(tracking.leap()).isZero();
        assertThat(tracking.isSynchronised()).isTrue();
        assertThat(tracking.correction()).isCloseTo(-1.149e-6, within(1e-9));
        assertThat(tracking.frequencyPpm()).isCloseTo(0.030, within(5e-4));
        assertThat(tracking.skewPpm()).isCloseTo(0.048, within(5e-4));
        assertThat(tracking.rootDelay()).isCloseTo(6.196e-6, within(1e-9));
        assertThat(tracking.rootDispersion()).isCloseTo(6.02e-7, within(1e-8));
    }

    @Test
    void refuses_what_is_no_answer_to_its_question() throws IOException {
        byte[] reply = golden();
        assertThat(ChronyCodec.decodeTracking(reply, reply.length, SEQUENCE + 1))
                .isEmpty();
        assertThat(ChronyCodec.decodeTracking(reply, reply.length - 1, SEQUENCE))
                .isEmpty();
        for (int at : new int[] {0, 1, 5, 7, 9}) {
            byte[] other = golden();
            other[at] ^= 0x40;
            assertThat(ChronyCodec.decodeTracking(other, other.length, SEQUENCE))
                    .as("byte %d", at)
                    .isEmpty();
        }
        byte[] question = ChronyCodec.encodeTracking(SEQUENCE);
        assertThat(ChronyCodec.decodeTracking(question, question.length, SEQUENCE))
                .isEmpty();
    }

    @Test
    void reads_chronys_numbers() {
        assertThat(ChronyCodec.number(0)).isZero();
        assertThat(ChronyCodec.number(2 << 25 | 1 << 23)).isEqualTo(1.0);
        assertThat(ChronyCodec.number(1 << 25 | 0x1000000)).isEqualTo(-1.0);
        assertThat(ChronyCodec.number(0x7f << 25 | 1 << 23)).isEqualTo(0.125);
    }

    @Test
    void asks_a_daemon_and_takes_silence_for_no() throws Exception {
        byte[] reply = golden();
        Endpoint where;
        try (DatagramSocket daemon =
                new DatagramSocket(new InetSocketAddress(IpAddress.LOOPBACK_V4.toInetAddress(), 0))) {
            where = new Endpoint(IpAddress.LOOPBACK_V4, daemon.getLocalPort());
            Thread answering = Thread.ofPlatform().start(() -> answerOnce(daemon, reply));
            assertThat(new ChronyMonitor(where).ask())
                    .hasValueSatisfying(t -> assertThat(t.stratum()).isEqualTo(9));
            answering.join();
            assertThat(new ChronyMonitor(where).ask()).isEmpty();
        }
        assertThat(new ChronyMonitor(where).ask()).isEmpty();
    }

    private static void answerOnce(DatagramSocket daemon, byte[] reply) {
        try {
            DatagramPacket question = new DatagramPacket(new byte[200], 200);
            daemon.receive(question);
            System.arraycopy(question.getData(), 8, reply, 16, 4);
            daemon.send(new DatagramPacket(reply, reply.length, question.getSocketAddress()));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
