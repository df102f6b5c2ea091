package org.ekicho.ntp.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.ekicho.ntp.NtpReason;
import org.ekicho.ntp.capture.Capture;
import org.ekicho.wire.BigEndian;
import org.ekicho.wire.Datagram;
import org.ekicho.wire.IpAddress;
import org.ekicho.wire.IpPrefix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuthenticatorTest {
    private static final HexFormat HEX = HexFormat.of();
    /// A broadcast of stratum 6 as classic ntpd writes it.
    private static final String HEADER =
            "250606ec0000000000000a007f7f0100e900000000000000" + "00000000000000000000000000000000e900001040000000";

    private static final SymmetricKey MD5 =
            new SymmetricKey(10, KeyType.MD5, "siteTimeKey".getBytes(StandardCharsets.US_ASCII), List.of());
    private static final SymmetricKey SHA1 =
            new SymmetricKey(11, KeyType.SHA1, HEX.parseHex("00112233445566778899aabbccddeeff01234567"), List.of());
    private static final SymmetricKey AES =
            new SymmetricKey(12, KeyType.AES128CMAC, HEX.parseHex("000102030405060708090a0b0c0d0e0f"), List.of());
    private static final SymmetricKey BOUND = new SymmetricKey(
            13,
            KeyType.SHA256,
            new byte[] {1, 2, 3},
            List.of(IpPrefix.parse("192.168.55.0/24").orElseThrow()));
    private static final SymmetricKey UNTRUSTED = new SymmetricKey(14, KeyType.MD5, new byte[] {7}, List.of());

    private final Authenticator authenticator =
            new Authenticator(new KeyRing(List.of(MD5, SHA1, AES, BOUND, UNTRUSTED), Set.of(10, 11, 12, 13, 99)));
    private final IpAddress peer = IpAddress.literal("192.168.55.2");

    @ParameterizedTest
    @CsvSource({
        "0000000a0d16b11517747e01f09f53b7c09d1503",
        "0000000b8a5b4777c3619e4fb149171f10ffe7414b8a141d",
        "0000000cd9c90a7b0acb884854798721fad7672c",
    })
    void writes_and_verifies_the_macs_that_classic_ntpd_writes(String mac) {
        byte[] bytes = Arrays.copyOf(HEX.parseHex(HEADER), 100);
        int length = authenticator.seal(bytes, 48, (int) Long.parseLong(mac.substring(0, 8), 16));
        assertThat(HEX.formatHex(bytes, 48, length)).isEqualTo(mac);
        assertThat(verify(bytes, length)).isEqualTo(NtpReason.OK);
    }

    @ParameterizedTest
    @ValueSource(strings = {"md5", "sha1", "aes128cmac"})
    void every_mac_of_the_captured_classic_pair_verifies(String name) {
        Authenticator captured = new Authenticator(Capture.keys());
        List<Capture.Frame> frames = Capture.read(name);
        assertThat(frames).hasSizeGreaterThan(10);
        assertThat(frames).allSatisfy(frame -> {
            Datagram datagram = frame.datagram();
            int offset = Authenticator.macOffset(datagram.bytes, datagram.length);
            assertThat(offset).isEqualTo(48);
            assertThat(captured.verify(datagram.bytes, datagram.length, offset, datagram.peerHigh, datagram.peerLow))
                    .isEqualTo(NtpReason.OK);
        });
    }

    @Test
    void finds_no_mac_in_the_capture_of_a_server_without_key() {
        assertThat(Capture.read("keyless-server"))
                .isNotEmpty()
                .allSatisfy(
                        frame -> assertThat(Authenticator.macOffset(frame.datagram().bytes, frame.datagram().length))
                                .isEqualTo(frame.datagram().length));
    }

    @ParameterizedTest
    @EnumSource
    void a_packet_with_any_one_bit_changed_fails(KeyType type) {
        byte[] secret = new byte[type == KeyType.AES256CMAC ? 32 : 16];
        Authenticator one =
                new Authenticator(new KeyRing(List.of(new SymmetricKey(5, type, secret, List.of())), Set.of(5)));
        for (int version = 3; version <= 4; version++) {
            byte[] bytes = new byte[120];
            bytes[0] = (byte) (version << 3 | 3);
            int length = one.seal(bytes, 48, 5);
            assertThat(one.verify(bytes, length, 48, 0, 0)).isEqualTo(NtpReason.OK);
            for (int bit = 8; bit < length * 8; bit++) {
                bytes[bit >> 3] ^= (byte) (1 << (bit & 7));
                assertThat(one.verify(bytes, length, 48, 0, 0))
                        .as("bit %d", bit)
                        .isNotEqualTo(NtpReason.OK);
                bytes[bit >> 3] ^= (byte) (1 << (bit & 7));
            }
        }
    }

    @Test
    void says_why_a_mac_is_refused() {
        assertThat(verify(HEADER)).isEqualTo(NtpReason.MISSING_MAC);
        assertThat(verify(HEADER + "00000000")).isEqualTo(NtpReason.CRYPTO_NAK);
        assertThat(verify(HEADER + "00000063" + "00".repeat(16))).isEqualTo(NtpReason.UNKNOWN_KEY);
        assertThat(verify(HEADER + "0000000e" + "00".repeat(16))).isEqualTo(NtpReason.UNTRUSTED_KEY);
        assertThat(verify(HEADER + "0000000b" + "00".repeat(16))).isEqualTo(NtpReason.WRONG_MAC_LENGTH);
        assertThat(verify(HEADER + "0000000a" + "00".repeat(16))).isEqualTo(NtpReason.BAD_MAC);
        assertThat(verify(HEADER + "0000000a")).isEqualTo(NtpReason.WRONG_MAC_LENGTH);
    }

    @Test
    void a_key_bound_to_addresses_is_refused_from_others() {
        byte[] bytes = Arrays.copyOf(HEX.parseHex(HEADER), 100);
        int length = authenticator.seal(bytes, 48, 13);
        assertThat(verify(bytes, length)).isEqualTo(NtpReason.OK);
        IpAddress other = IpAddress.literal("192.168.56.2");
        assertThat(authenticator.verify(bytes, length, 48, other.high(), other.low()))
                .isEqualTo(NtpReason.KEY_NOT_FOR_ADDRESS);
    }

    @Test
    void extension_fields_pass_under_cmac_and_are_refused_under_md5_and_sha1() {
        String extended = HEADER + "0104001c" + "ab".repeat(24);
        for (int keyId : new int[] {10, 11, 12}) {
            byte[] bytes = Arrays.copyOf(HEX.parseHex(extended), 120);
            int length = authenticator.seal(bytes, 48 + 28, keyId);
            assertThat(Authenticator.macOffset(bytes, length)).isEqualTo(76);
            assertThat(verify(bytes, length)).isEqualTo(keyId == 12 ? NtpReason.OK : NtpReason.EXTENSION_WITH_WEAK_MAC);
        }
    }

    @Test
    void an_old_packet_may_carry_a_whole_sha256_digest_or_a_cut_one() {
        byte[] bytes = new byte[120];
        bytes[0] = 3 << 3 | 3;
        int length = authenticator.seal(bytes, 48, 13);
        assertThat(length).isEqualTo(48 + 4 + 32);
        assertThat(verify(bytes, length)).isEqualTo(NtpReason.OK);
        assertThat(verify(bytes, 48 + 4 + 20)).isEqualTo(NtpReason.OK);
        assertThat(verify(bytes, 48 + 4 + 24)).isEqualTo(NtpReason.WRONG_MAC_LENGTH);
    }

    @ParameterizedTest
    @CsvSource({
        "4, 47, -1", "4, 48, 48", "4, 49, -1", "4, 52, 48", "4, 56, -1", "4, 64, -1", "4, 68, 48", "4, 72, 48",
        "4, 76, -1", "3, 48, 48", "3, 60, 48", "3, 68, 48", "3, 116, 48", "3, 120, -1", "1, 48, 48", "3, 50, -1",
    })
    void finds_the_mac_by_what_is_left_after_the_header(int version, int length, int offset) {
        byte[] bytes = new byte[200];
        bytes[0] = (byte) (version << 3 | 3);
        assertThat(Authenticator.macOffset(bytes, length)).isEqualTo(offset);
    }

    @Test
    void walks_over_whole_extension_fields_only() {
        byte[] bytes = new byte[200];
        bytes[0] = 4 << 3 | 3;
        BigEndian.put16(bytes, 50, 16);
        BigEndian.put16(bytes, 66, 28);
        assertThat(Authenticator.macOffset(bytes, 48 + 16 + 28)).isEqualTo(92);
        assertThat(Authenticator.macOffset(bytes, 48 + 16 + 28 + 20)).isEqualTo(92);
        BigEndian.put16(bytes, 66, 30);
        assertThat(Authenticator.macOffset(bytes, 48 + 16 + 28)).isEqualTo(-1);
        BigEndian.put16(bytes, 66, 12);
        assertThat(Authenticator.macOffset(bytes, 48 + 16 + 28)).isEqualTo(-1);
    }

    @Test
    void sealing_with_a_key_that_is_not_there_is_a_mistake_of_ours() {
        assertThatThrownBy(() -> authenticator.seal(new byte[100], 48, 77))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("77");
    }

    @Test
    void finds_each_of_many_keys() {
        Random random = new Random(1);
        List<SymmetricKey> many = random.ints(500)
                .filter(id -> id != 0)
                .distinct()
                .mapToObj(id -> new SymmetricKey(id, KeyType.MD5, new byte[] {1}, List.of()))
                .toList();
        KeyTable table = new KeyTable(new KeyRing(many, Set.of()));
        assertThat(many).allSatisfy(key -> {
            KeyTable.Entry entry = table.find(key.id());
            assertThat(entry).isNotNull();
        });
        assertThat(table.find(0)).isNull();
    }

    private NtpReason verify(String hex) {
        byte[] bytes = HEX.parseHex(hex);
        return verify(bytes, bytes.length);
    }

    private NtpReason verify(byte[] bytes, int length) {
        return authenticator.verify(bytes, length, Authenticator.macOffset(bytes, length), peer.high(), peer.low());
    }
}
