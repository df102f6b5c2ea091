package org.ekicho.ntp.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.ekicho.ntp.NtpReason;
import org.ekicho.ntp.access.ClientEntry;
import org.ekicho.ntp.access.RestrictFlag;
import org.ekicho.ntp.auth.KeyRing;
import org.ekicho.ntp.auth.KeyType;
import org.ekicho.ntp.auth.SymmetricKey;
import org.ekicho.ntp.boundary.LocalInterface;
import org.ekicho.ntp.packet.LeapIndicator;
import org.ekicho.ntp.packet.NtpMode;
import org.ekicho.ntp.packet.NtpPacket;
import org.ekicho.ntp.packet.NtpTimestamp;
import org.ekicho.wire.BigEndian;
import org.ekicho.wire.Datagram;
import org.ekicho.wire.Endpoint;
import org.ekicho.wire.IpAddress;
import org.ekicho.wire.IpPrefix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class NtpServerTest extends AskedServer {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void answers_a_request_in_its_own_version(int version) {
        NtpPacket answer = answered(request(version, NtpMode.CLIENT));
        assertThat(answer)
                .isEqualTo(new NtpPacket(
                        LeapIndicator.NONE,
                        version,
                        NtpMode.SERVER,
                        11,
                        6,
                        -24,
                        66,
                        658,
                        0x7f7f0100,
                        NtpTimestamp.ofNanos(NOW - 4 * SECOND),
                        COOKIE,
                        NtpTimestamp.ofNanos(NOW),
                        NtpTimestamp.ofNanos(NOW + 1000)));
        assertThat(reply.length).isEqualTo(48);
    }

    @Test
    void writes_these_very_bytes() {
        answered(request(4, NtpMode.CLIENT));
        assertThat(HexFormat.of().formatHex(reply.toPayload()))
                .isEqualTo("240b06e8" + "00000042" + "00000292" + "7f7f0100" + "eea8053c40000000" + "e9123456789abcde"
                        + "eea8054040000000" + "eea80540400010c6");
    }

    @Test
    void the_answer_leaves_from_the_address_and_interface_that_was_asked() {
        answered(request(4, NtpMode.CLIENT));
        assertThat(reply.peerEndpoint()).isEqualTo(new Endpoint(CLIENT, 40_000));
        assertThat(reply.local()).isEqualTo(OURS);
        assertThat(reply.interfaceIndex).isEqualTo(7);
    }

    @Test
    void an_unsynchronised_server_says_so_and_its_error_bound_grows() {
        server.update(new ServerState(LeapIndicator.UNSYNCHRONISED, 16, -20, 0, 1, 0, 0, NOW - 100_000 * SECOND));
        NtpPacket answer = answered(request(4, NtpMode.CLIENT));
        assertThat(answer.leap()).isEqualTo(LeapIndicator.UNSYNCHRONISED);
        assertThat(answer.stratum()).isZero();
        assertThat(answer.reference()).isZero();
        assertThat(answer.rootDispersion() / 65536.0).isBetween(2.5, 2.5001);
    }

    @ParameterizedTest
    @CsvSource({"40000, SERVER", "123, SYMMETRIC_PASSIVE"})
    void a_version_1_packet_without_mode_is_judged_by_its_port(int port, NtpMode mode) {
        Datagram request = request(1, NtpMode.RESERVED).peer(CLIENT, port);
        assertThat(answered(request).mode()).isEqualTo(mode);
    }

    @Test
    void a_symmetric_active_packet_is_answered_in_passive_mode() {
        assertThat(answered(request(4, NtpMode.SYMMETRIC_ACTIVE)).mode()).isEqualTo(NtpMode.SYMMETRIC_PASSIVE);
        restrict(RestrictFlag.NOEPEER);
        assertDropped(request(4, NtpMode.SYMMETRIC_ACTIVE), NtpReason.RESTRICT_NOEPEER);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "AES256CMAC")
    void a_keyed_request_gets_an_answer_by_the_same_key(KeyType type) {
        for (int version = 3; version <= 4; version++) {
            Datagram request = keyed(request(version, NtpMode.CLIENT), type.ordinal() + 1);
            answered(request);
            assertThat(reply.length).isEqualTo(request.length);
            assertThat(authenticator.verify(reply.bytes, reply.length, 48, 0, 0))
                    .isEqualTo(NtpReason.OK);
            assertThat(BigEndian.i32(reply.bytes, 48)).isEqualTo(type.ordinal() + 1);
        }
    }

    @Test
    void a_wrong_mac_is_dropped_with_its_reason() {
        Datagram bad = keyed(request(4, NtpMode.CLIENT), 1);
        bad.bytes[60] ^= 1;
        assertDropped(bad, NtpReason.BAD_MAC);
        assertDropped(keyed(request(4, NtpMode.CLIENT), 7), NtpReason.UNTRUSTED_KEY);
        Datagram unknown = keyed(request(4, NtpMode.CLIENT), 1);
        BigEndian.put32(unknown.bytes, 48, 99);
        assertDropped(unknown, NtpReason.UNKNOWN_KEY);
        Datagram nak = request(4, NtpMode.CLIENT);
        nak.length = 52;
        assertDropped(nak, NtpReason.WRONG_MAC_LENGTH);
    }

    @Test
    void a_wrong_mac_gets_a_crypto_nak_only_when_asked_for() {
        server = server(Crypto.NAK);
        Datagram bad = keyed(request(4, NtpMode.CLIENT), 1);
        bad.bytes[60] ^= 1;
        assertThat(server.answer(bad, reply, 0)).isEqualTo(new NtpAction.Kiss(NtpReason.BAD_MAC));
        server.seal(reply, NOW + 1);
        assertThat(reply.length).isEqualTo(52);
        assertThat(BigEndian.i32(reply.bytes, 48)).isZero();
        assertThat(NtpPacket.decode(reply.bytes, 48).origin()).isEqualTo(COOKIE);
    }

    @Test
    void a_key_that_names_its_servers_is_still_good_for_asking() {
        IpPrefix elsewhere = IpPrefix.parse("10.0.0.1").orElseThrow();
        KeyRing bound =
                new KeyRing(List.of(new SymmetricKey(1, KeyType.MD5, new byte[16], List.of(elsewhere))), Set.of(1));
        server = server(bound, Crypto.SILENT);
        answered(keyed(request(4, NtpMode.CLIENT), 1));
    }

    @Test
    void extension_fields_are_not_echoed_but_their_mac_is_checked() {
        Datagram request = request(4, NtpMode.CLIENT);
        BigEndian.put32(request.bytes, 48, 0x0104_001c);
        request.length = 76;
        answered(request);
        assertThat(reply.length).isEqualTo(48);
        answered(keyed(request, KeyType.AES128CMAC.ordinal() + 1));
        assertThat(reply.length).isEqualTo(68);
        request.length = 76;
        assertDropped(keyed(request, 1), NtpReason.EXTENSION_WITH_WEAK_MAC);
    }

    @ParameterizedTest
    @CsvSource({"SYMMETRIC_PASSIVE", "SERVER", "BROADCAST"})
    void replies_and_broadcasts_are_for_the_engine(NtpMode mode) {
        assertThat(server.answer(request(4, mode), reply, 0)).isInstanceOf(NtpAction.ToEngine.class);
        Datagram ragged = request(4, mode);
        ragged.length = 51;
        assertDropped(ragged, NtpReason.BAD_LENGTH);
    }

    @Test
    void a_control_query_is_for_the_control_protocol_unless_noquery_says_otherwise() {
        Datagram query = request(2, NtpMode.CONTROL);
        query.length = 12;
        assertThat(server.answer(query, reply, 0)).isInstanceOf(NtpAction.ToControl.class);
        restrict(RestrictFlag.NOMRULIST);
        server.answer(query, reply, 0);
        assertThat(server.restrictFlags()).isEqualTo(RestrictFlag.NOMRULIST.mask());
        restrict(RestrictFlag.NOQUERY);
        assertDropped(query, NtpReason.RESTRICT_NOQUERY);
        restrict(RestrictFlag.NOSERVE);
        assertThat(server.answer(query, reply, 0)).isInstanceOf(NtpAction.ToControl.class);
    }

    @Test
    void drops_what_is_no_request() {
        assertDropped(request(4, NtpMode.PRIVATE), NtpReason.MODE_7);
        assertDropped(request(4, NtpMode.RESERVED), NtpReason.UNEXPECTED_MODE);
        assertDropped(request(0, NtpMode.CLIENT), NtpReason.BAD_VERSION);
        assertDropped(request(5, NtpMode.CLIENT), NtpReason.BAD_VERSION);
        assertDropped(request(4, NtpMode.CLIENT).peer(CLIENT, 0), NtpReason.BAD_PORT);
        Datagram cut = request(4, NtpMode.CLIENT);
        for (cut.length = 0; cut.length < 48; cut.length++) {
            assertDropped(cut, NtpReason.TOO_SHORT);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"224.0.1.1", "255.255.255.255", "ff05::101", "192.168.55.255"})
    void a_request_to_many_is_not_answered(String destination) {
        server.networkIs(List.of(new LocalInterface(
                7,
                "eth0",
                true,
                true,
                false,
                List.of(new LocalInterface.Address(
                        OURS,
                        IpPrefix.parse("192.168.55.0/24").orElseThrow(),
                        Optional.of(IpAddress.literal("192.168.55.255")))))));
        assertDropped(request(4, NtpMode.CLIENT).local(IpAddress.literal(destination), 7), NtpReason.NOT_UNICAST);
        answered(request(4, NtpMode.CLIENT));
    }

    @Test
    void ms_sntp_lengths_are_refused_and_harmless() {
        for (int version = 3; version <= 4; version++) {
            for (int length : new int[] {68, 120}) {
                Datagram request = request(version, NtpMode.CLIENT);
                request.length = length;
                assertThat(server.answer(request, reply, 0)).isInstanceOf(NtpAction.Drop.class);
            }
        }
    }

    @Test
    void counts_each_end_and_knows_who_asked() {
        answered(keyed(request(4, NtpMode.CLIENT), 2));
        assertDropped(request(5, NtpMode.CLIENT), NtpReason.BAD_VERSION);
        server.answer(request(4, NtpMode.SERVER), reply, 0);
        assertThat(server.counters()[NtpReason.OK.ordinal()]).isEqualTo(1);
        assertThat(server.counters()[NtpReason.BAD_VERSION.ordinal()]).isEqualTo(1);
        assertThat(server.clients(10))
                .isEqualTo(List.of(
                        new ClientEntry(new Endpoint(CLIENT, 40_000), NOW, NOW, 3, 1, 4, 4, 0, 2, NtpReason.OK)));
    }
}
