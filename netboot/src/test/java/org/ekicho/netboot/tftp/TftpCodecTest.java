package org.ekicho.netboot.tftp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class TftpCodecTest {
    private static TftpPacket decode(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        return TftpCodec.decode(bytes, bytes.length);
    }

    @Test
    void reads_what_firmware_sent() {
        List<byte[]> sent = GoldenPackets.sentByClient("b-uefi-full-tcg");
        assertThat(TftpCodec.decode(sent.get(0), sent.get(0).length))
                .isEqualTo(new TftpPacket.Read(
                        "snponly.efi",
                        "octet",
                        List.of(
                                new TftpOption("tsize", "0"),
                                new TftpOption("blksize", "1468"),
                                new TftpOption("windowsize", "4"))));
        assertThat(TftpCodec.decode(sent.get(1), sent.get(1).length))
                .isEqualTo(new TftpPacket.Failure(8, "User aborted the transfer"));
        assertThat(TftpCodec.decode(sent.get(3), sent.get(3).length)).isEqualTo(new TftpPacket.Ack(0));
    }

    @Test
    void writes_every_golden_packet_as_it_was() {
        for (GoldenPackets.Line line : GoldenPackets.lines()) {
            TftpPacket packet = TftpCodec.decode(line.bytes(), line.bytes().length);
            assertThat(packet).isNotInstanceOf(TftpPacket.Unfit.class);
            if (!(packet instanceof TftpPacket.Data)) {
                assertThat(TftpCodec.encode(packet)).isEqualTo(line.bytes());
            }
        }
    }

    @Test
    void takes_options_in_any_order_and_case_the_first_of_each() {
        assertThat(decode("\0\1a\0OcTeT\0BLKSIZE\0001024\0x\0y\0TSize\0000\0blksize\0008\0"))
                .isEqualTo(new TftpPacket.Read(
                        "a",
                        "octet",
                        List.of(
                                new TftpOption("blksize", "1024"),
                                new TftpOption("x", "y"),
                                new TftpOption("tsize", "0"))));
    }

    @Test
    void takes_a_request_without_its_last_zero_and_padding_behind_it() {
        assertThat(decode("\0\1a\0octet")).isEqualTo(new TftpPacket.Read("a", "octet", List.of()));
        assertThat(decode("\0\1a\0octet\0blksize\000512"))
                .isEqualTo(new TftpPacket.Read("a", "octet", List.of(new TftpOption("blksize", "512"))));
        assertThat(decode("\0\1a\0octet\0\0\0\0\0")).isEqualTo(new TftpPacket.Read("a", "octet", List.of()));
    }

    @Test
    void says_what_is_unfit() {
        assertThat(decode("\0\1a")).isInstanceOf(TftpPacket.Unfit.class);
        assertThat(decode("\0\1abc")).isEqualTo(new TftpPacket.Unfit("a request whose file name has no end"));
        assertThat(decode("\0\1abc\0")).isEqualTo(new TftpPacket.Unfit("a request without a mode"));
        assertThat(decode("\0\7abc\0")).isEqualTo(new TftpPacket.Unfit("operation 7 is none of TFTP"));
        assertThat(decode("\0\1" + "a".repeat(401) + "\0octet\0")).isInstanceOf(TftpPacket.Unfit.class);
        assertThat(decode("\0\1a\0octet\0" + "b\0c\0".repeat(200))).isInstanceOf(TftpPacket.Unfit.class);
    }

    @Test
    void a_message_has_no_control_characters() {
        assertThat(decode("\0\5\0\1a\nb\33[2J\0")).isEqualTo(new TftpPacket.Failure(1, "a?b?[2J"));
        assertThat(TftpCodec.encode(new TftpPacket.Failure(1, "é\n" + "x".repeat(300))))
                .hasSize(205);
    }

    @Test
    void numbers_are_digits_only() {
        assertThat(new TftpOption("blksize", "1468").number()).hasValue(1468);
        for (String text : List.of("", "-1", "+1", " 1", "1x", "9".repeat(19))) {
            assertThat(new TftpOption("blksize", text).number()).as(text).isEmpty();
        }
    }
}
