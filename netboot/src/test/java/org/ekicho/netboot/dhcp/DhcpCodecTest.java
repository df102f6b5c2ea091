package org.ekicho.netboot.dhcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.ekicho.wire.BigEndian;
import org.ekicho.wire.IpAddress;
import org.ekicho.wire.MacAddress;
import org.junit.jupiter.api.Test;

final class DhcpCodecTest {
    private static final IpAddress US = IpAddress.literal("10.77.0.1");

    @Test
    void every_captured_packet_is_read_and_survives_writing() {
        for (String capture : CapturedDhcp.CAPTURES) {
            for (CapturedDhcp captured : CapturedDhcp.of(capture)) {
                DhcpPacket packet = captured.packet();
                assertThat(packet.type()).isPresent();
                assertThat(read(DhcpCodec.encode(packet, DhcpCodec.LARGEST_LIMIT)))
                        .as(capture)
                        .isEqualTo(packet);
            }
        }
    }

    @Test
    void a_whole_captured_offer_is_written_back_byte_for_byte() {
        for (CapturedDhcp captured : CapturedDhcp.of("m-uefi-proxy")) {
            if (!captured.packet().fromServer()) continue;
            byte[] again = DhcpCodec.encode(captured.packet(), DhcpCodec.LARGEST_LIMIT);
            assertThat(again).isEqualTo(captured.bytes());
        }
    }

    @Test
    void reads_what_the_uefi_firmware_said() {
        DhcpPacket discover = CapturedDhcp.of("b-uefi-full-tcg").getFirst().packet();
        assertThat(discover.type()).contains(DhcpType.DISCOVER);
        assertThat(discover.broadcast()).isTrue();
        assertThat(discover.mac().maker()).isEqualTo("52:54:00");
        assertThat(discover.options().text(OptionCode.VENDOR_CLASS)).startsWith("PXEClient:Arch:00007");
        assertThat(discover.options().u16(OptionCode.CLIENT_ARCH)).hasValue(7);
    }

    @Test
    void an_option_of_more_than_255_bytes_goes_in_parts() {
        byte[] longValue = new byte[600];
        Arrays.fill(longValue, (byte) 7);
        DhcpPacket packet = packet(DhcpOptions.builder().set(43, longValue).build(), "", "");
        byte[] bytes = DhcpCodec.encode(packet, DhcpCodec.LARGEST_LIMIT);
        assertThat(bytes[240]).isEqualTo((byte) 43);
        assertThat(bytes[241]).isEqualTo((byte) 255);
        assertThat(bytes[240 + 257]).isEqualTo((byte) 43);
        assertThat(read(bytes)).isEqualTo(packet);
    }

    @Test
    void options_without_room_go_to_file_and_sname() {
        DhcpOptions options = DhcpOptions.builder()
                .set8(53, 2)
                .set(120, new byte[250])
                .set(121, new byte[100])
                .set(122, new byte[40])
                .set(82, new byte[] {1, 2, 9, 9})
                .build();
        DhcpPacket packet = packet(options, "", "");
        byte[] bytes = DhcpCodec.encode(packet, DhcpCodec.SMALLEST_LIMIT);
        assertThat(bytes).hasSizeLessThanOrEqualTo(DhcpCodec.SMALLEST_LIMIT);
        DhcpPacket read = read(bytes);
        for (int code : options.codes()) {
            assertThat(read.options().bytes(code)).isEqualTo(options.bytes(code));
        }
        int overload = indexOf(bytes, 52);
        assertThat(overload).isPositive();
        assertThat(bytes[overload + 2]).isEqualTo((byte) 1);
    }

    @Test
    void a_boot_file_is_never_overwritten_by_options() {
        DhcpOptions options = DhcpOptions.builder()
                .set8(53, 2)
                .set(120, new byte[250])
                .set(121, new byte[100])
                .build();
        DhcpPacket read = read(DhcpCodec.encode(packet(options, "10.77.0.1", "snponly.efi"), DhcpCodec.SMALLEST_LIMIT));
        assertThat(read.file()).isEqualTo("snponly.efi");
        assertThat(read.sname()).isEqualTo("10.77.0.1");
        assertThat(read.options().has(120)).isTrue();
        assertThat(read.options().has(121)).isFalse();
    }

    @Test
    void relay_information_comes_last_and_as_it_was() {
        byte[] relay = {1, 4, 0, 1, 0, 5};
        DhcpOptions options = DhcpOptions.builder()
                .set8(53, 2)
                .set(82, relay)
                .setAddress(54, US)
                .build();
        byte[] bytes = DhcpCodec.encode(packet(options, "", ""), DhcpCodec.LARGEST_LIMIT);
        int at = indexOf(bytes, 82);
        assertThat(Arrays.copyOfRange(bytes, at + 2, at + 2 + relay.length)).isEqualTo(relay);
        assertThat(bytes[at + 2 + relay.length]).isEqualTo((byte) 255);
    }

    @Test
    void an_answer_is_never_shorter_than_bootp() {
        assertThat(DhcpCodec.encode(packet(DhcpOptions.NONE, "", ""), DhcpCodec.LARGEST_LIMIT))
                .hasSize(300);
    }

    @Test
    void an_option_that_is_cut_short_ends_the_list() {
        byte[] bytes =
                DhcpCodec.encode(packet(DhcpOptions.builder().set8(53, 1).build(), "", ""), DhcpCodec.LARGEST_LIMIT);
        bytes[243] = 60;
        bytes[244] = (byte) 200;
        assertThat(read(bytes).options().codes()).containsExactly(53);
    }

    @Test
    void says_what_is_wrong_with_bytes_that_are_no_dhcp() {
        byte[] bytes = DhcpCodec.encode(packet(DhcpOptions.NONE, "", ""), DhcpCodec.LARGEST_LIMIT);
        assertThat(DhcpCodec.decode(bytes, 100)).isEqualTo(new DhcpReading.Malformed(DhcpReason.TOO_SHORT));
        byte[] bootp = bytes.clone();
        BigEndian.put32(bootp, 236, 0);
        assertThat(DhcpCodec.decode(bootp, bootp.length)).isEqualTo(new DhcpReading.Malformed(DhcpReason.NO_COOKIE));
        byte[] other = bytes.clone();
        other[1] = 32;
        assertThat(DhcpCodec.decode(other, other.length)).isEqualTo(new DhcpReading.Malformed(DhcpReason.NOT_ETHERNET));
    }

    @Test
    void text_of_a_packet_cannot_write_into_a_log() {
        DhcpOptions options =
                DhcpOptions.builder().setText(60, "a\nroot: \u001b[1m").build();
        assertThat(options.text(60)).isEqualTo("a?root: ?[1m");
    }

    static DhcpPacket packet(DhcpOptions options, String sname, String file) {
        return new DhcpPacket(
                true,
                0,
                0x12345678,
                4,
                true,
                IpAddress.ANY_V4,
                IpAddress.literal("10.77.0.50"),
                US,
                IpAddress.ANY_V4,
                MacAddress.literal("52:54:00:77:00:01"),
                sname,
                file,
                options);
    }

    private static DhcpPacket read(byte[] bytes) {
        return CapturedDhcp.read(bytes);
    }

    /// Where an option begins in the options field.
    private static int indexOf(byte[] bytes, int code) {
        int at = 240;
        while (at < bytes.length && bytes[at] != -1) {
            if ((bytes[at] & 0xff) == code) return at;
            at += bytes[at] == 0 ? 1 : 2 + (bytes[at + 1] & 0xff);
        }
        return -1;
    }
}
