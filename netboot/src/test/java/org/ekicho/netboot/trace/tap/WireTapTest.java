package org.ekicho.netboot.trace.tap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ekicho.netboot.trace.BootEvent;
import org.ekicho.netboot.trace.TftpCount;
import org.ekicho.netboot.trace.TftpOutcome;
import org.ekicho.wire.IpAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Frames of every kind that a capture may hold.
final class WireTapTest {
    private static final String US = "10.77.0.1";
    private static final String MACHINE = "10.77.3.17";
    private static final long SECOND = 1_000_000_000L;
    private static final int MICROS = 0xa1b2c3d4;
    private static final int NANOS = 0xa1b23c4d;

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] rrq() {
        return Frames.udp(MACHINE, 2000, US, 69, text("\0\1a.efi\0octet\0BLKSIZE\0" + "1024\0tsize\0" + "0\0"));
    }

    private static WireTap.Tapped read(byte[] capture) throws IOException {
        return WireTap.read(new ByteArrayInputStream(capture), Captures.OURS);
    }

    private static List<BootEvent> tap(Frames frames) {
        List<BootEvent> events = new ArrayList<>();
        WireTap tap = new WireTap(Captures.OURS, events::add);
        for (int i = 0; i < frames.frames.size(); i++) tap.frame(frames.times.get(i), frames.frames.get(i));
        tap.finish();
        return events;
    }

    @ParameterizedTest
    @CsvSource({"true, true", "true, false", "false, true", "false, false"})
    void both_byte_orders_and_both_units_are_read(boolean big, boolean nanos) throws IOException {
        Frames frames = new Frames().add(5 * SECOND + 123_456_789, rrq());
        ByteOrder order = big ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        WireTap.Tapped tapped = read(frames.capture(order, nanos ? NANOS : MICROS, 1600));
        assertThat(tapped.summary().problem()).isEmpty();
        assertThat(tapped.events().getFirst()).isInstanceOfSatisfying(BootEvent.TftpRequest.class, ask -> {
            assertThat(ask.atNanos()).isEqualTo(5 * SECOND + (nanos ? 123_456_789 : 123_456_000));
            assertThat(ask.file()).isEqualTo("a.efi");
            assertThat(ask.blockSize()).isEqualTo(1024);
            assertThat(ask.asksSize()).isTrue();
        });
    }

    @Test
    void tagged_frames_are_read() {
        Frames frames = new Frames()
                .add(1, Frames.tagged(rrq(), 0x8100))
                .add(2, Frames.tagged(Frames.tagged(rrq(), 0x8100), 0x88a8));
        assertThat(tap(frames))
                .filteredOn(event -> event instanceof BootEvent.TftpRequest)
                .hasSize(2);
    }

    @Test
    void what_is_no_capture_is_said() throws IOException {
        assertThat(read(new byte[5]).summary().problem().orElseThrow()).contains("less than 24 bytes");
        assertThat(read(new byte[40]).summary().problem().orElseThrow()).contains("no pcap capture");
        byte[] next = ByteBuffer.allocate(40).putInt(0x0a0d0d0a).array();
        assertThat(read(next).summary().problem().orElseThrow()).contains("editcap -F pcap");
        byte[] cooked = new Frames().capture(ByteOrder.BIG_ENDIAN, MICROS, 100);
        cooked[23] = 113;
        assertThat(read(cooked).summary().problem().orElseThrow()).contains("link type 113");
    }

    @Test
    void a_cut_capture_is_read_up_to_the_cut() throws IOException {
        byte[] whole = new Frames().add(1, rrq()).add(2, rrq()).capture(ByteOrder.LITTLE_ENDIAN, NANOS, 1600);
        WireTap.Tapped tapped = read(Arrays.copyOf(whole, whole.length - 3));
        assertThat(tapped.summary().packets()).isEqualTo(1);
        assertThat(tapped.summary().problem().orElseThrow()).contains("within packet 2");
        ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN).putInt(24 + 8, 0x7fffffff);
        assertThat(read(whole).summary().problem().orElseThrow()).contains("packet 1 claims 2147483647 bytes");
    }

    @Test
    void a_transfer_is_followed_to_its_end_with_what_was_repeated() {
        byte[] full = new byte[4 + 1024];
        Frames frames = new Frames()
                .add(1, rrq())
                .add(2, server("\0\6blksize\0" + "1024\0"))
                .add(3, client(4, 0))
                .add(4, server(data(full, 1)))
                .add(5, server(data(full, 1)))
                .add(6, client(4, 1))
                .add(7, client(4, 1))
                .add(8, server(data(new byte[4 + 10], 2)))
                .add(9, client(4, 2));
        assertThat(tap(frames).getLast()).isInstanceOfSatisfying(BootEvent.TftpEnd.class, end -> {
            assertThat(end.outcome()).isEqualTo(TftpOutcome.COMPLETE);
            assertThat(end.bytes()).isEqualTo(1034);
            assertThat(end.count()).isEqualTo(new TftpCount(2, 2, 1, 1));
        });
    }

    @Test
    void blocks_in_fragments_and_cut_by_the_capture_count_whole() throws IOException {
        byte[] block = server(data(new byte[4 + 8192], 1));
        Frames frames = new Frames()
                .add(1, rrq())
                .add(2, server("\0\6blksize\0" + "8192\0"))
                .add(3, Frames.fragment(block, 0, 1514))
                .add(4, Frames.fragment(block, 185, 1514))
                .add(5, client(4, 1))
                .add(6, server(data(new byte[4 + 700], 2)))
                .add(7, client(4, 2));
        WireTap.Tapped tapped = read(frames.capture(ByteOrder.LITTLE_ENDIAN, NANOS, 96));
        assertThat(tapped.events().getLast())
                .isInstanceOfSatisfying(
                        BootEvent.TftpEnd.class, end -> assertThat(end.bytes()).isEqualTo(8192 + 700));
    }

    @Test
    void block_numbers_go_on_after_65535() {
        Frames frames = new Frames().add(0, rrq()).add(1, server("\0\6blksize\0" + "8\0"));
        for (int block = 1; block < 66_000; block++) {
            frames.add(block, server(data(new byte[4 + 8], block))).add(block, client(4, block));
        }
        frames.add(70_000, server(data(new byte[4], 66_000))).add(70_001, client(4, 66_000));
        assertThat(tap(frames).getLast()).isInstanceOfSatisfying(BootEvent.TftpEnd.class, end -> {
            assertThat(end.outcome()).isEqualTo(TftpOutcome.COMPLETE);
            assertThat(end.count().acked()).isEqualTo(66_000);
            assertThat(end.bytes()).isEqualTo(65_999 * 8);
        });
    }

    private static byte[] server(String payload) {
        return server(text(payload));
    }

    private static byte[] server(byte[] payload) {
        return Frames.udp(US, 40_000, MACHINE, 2000, payload);
    }

    private static byte[] client(int code, int number) {
        return Frames.udp(MACHINE, 2000, US, 40_000, new byte[] {0, (byte) code, (byte) (number >> 8), (byte) number});
    }

    private static byte[] data(byte[] block, int number) {
        block[1] = 3;
        block[2] = (byte) (number >> 8);
        block[3] = (byte) number;
        return block;
    }

    @Test
    void requests_and_answers_of_HTTP_are_read() {
        String get = "GET /boot/script.ipxe HTTP/1.1\r\nUser-Agent: iPXE/1.21\r\nRange: bytes=5-\r\n\r\n";
        String head = "HEAD /no.efi HTTP/1.0\r\n\r\n";
        String found = "HTTP/1.1 206 Partial Content\r\nContent-Length: 5\r\n\r\nhello";
        String missing = "HTTP/1.0 404 Not Found\r\n\r\n";
        long s = 0xffff_fff0L;
        long after = s + 1 + found.length();
        Frames frames = new Frames()
                .add(0, tcp(true, 7, 0, Frames.SYN, ""))
                .add(1, tcp(false, s, 8, Frames.SYN | Frames.ACK, ""))
                .add(SECOND, tcp(true, 8, s + 1, Frames.ACK, get))
                .add(2 * SECOND, tcp(false, s + 1, 8 + get.length(), Frames.ACK, found))
                .add(3 * SECOND, tcp(true, 8 + get.length(), after, Frames.ACK, head))
                .add(4 * SECOND, tcp(false, after, 8 + get.length() + head.length(), Frames.ACK, missing))
                .add(
                        5 * SECOND,
                        tcp(
                                true,
                                8 + get.length() + head.length(),
                                after + missing.length(),
                                Frames.FIN | Frames.ACK,
                                ""));
        List<BootEvent> events = tap(frames);
        assertThat(events).hasSize(2);
        assertThat(events.getFirst()).isInstanceOfSatisfying(BootEvent.Http.class, http -> {
            assertThat(http.method() + " " + http.path()).isEqualTo("GET /boot/script.ipxe");
            assertThat(http.status()).isEqualTo(206);
            assertThat(http.agent()).isEqualTo("iPXE/1.21");
            assertThat(http.range()).isEqualTo("bytes=5-");
            assertThat(http.bytes()).isEqualTo(5);
            assertThat(http.who().mac()).contains(Captures.MACHINE);
        });
        assertThat(events.getLast()).isInstanceOfSatisfying(BootEvent.Http.class, http -> {
            assertThat(http.method()).isEqualTo("HEAD");
            assertThat(http.status()).isEqualTo(404);
        });
    }

    private static byte[] tcp(boolean fromMachine, long seq, long ack, int flags, String text) {
        return fromMachine
                ? Frames.tcp(MACHINE, 3000, US, 80, seq, ack, flags, text)
                : Frames.tcp(US, 80, MACHINE, 3000, seq, ack, flags, text);
    }

    @Test
    void ARP_for_an_address_of_its_own_is_no_question() {
        ByteBuffer arp = ByteBuffer.allocate(42);
        arp.position(12)
                .putShort((short) 0x806)
                .putShort((short) 1)
                .putShort((short) 0x800)
                .putShort((short) 0x604);
        arp.putShort((short) 1)
                .put(Captures.MACHINE.toBytes())
                .put(IpAddress.literal(MACHINE).toBytes());
        arp.position(38).put(IpAddress.literal(MACHINE).toBytes());
        assertThat(tap(new Frames().add(1, arp.array()))).isEmpty();
        arp.put(41, (byte) 99);
        assertThat(tap(new Frames().add(1, arp.array()))).singleElement().isInstanceOf(BootEvent.ArpAsk.class);
    }
}
