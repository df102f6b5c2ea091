package org.ekicho.ntp.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ekicho.ntp.control.SampleViews.NOW;
import static org.ekicho.ntp.control.SampleViews.SECOND;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.ekicho.ntp.NtpReason;
import org.ekicho.ntp.access.ClientEntry;
import org.ekicho.ntp.access.RestrictFlag;
import org.ekicho.ntp.access.RestrictRule;
import org.ekicho.ntp.settings.TimeSettings;
import org.ekicho.ntp.view.TimeView;
import org.ekicho.wire.Datagram;
import org.ekicho.wire.IpAddress;
import org.ekicho.wire.IpPrefix;
import org.ekicho.wire.Moment;
import org.junit.jupiter.api.Test;

class ControlServerTest {
    private static final Moment MOMENT = new Moment(NOW, 5 * SECOND);
    private static final String SECRETS_OF_A_REQUEST = "org=0x00000000.00000000, xmt=0x00000000.00000000\r\n";

    private final ControlServer server = new ControlServer(
            allowing("192.168.55.0/24", 0),
            new ControlIdentity("ekicho 0.1.0", "x86_64", "Linux/6.12.0"),
            new byte[16]);
    private TimeView view = SampleViews.following(NOW);
    private List<ClientEntry> clients = List.of();

    @Test
    void answers_what_ntpstat_looks_for_in_the_first_fragment_and_tc_before_mintc() {
        Datagram query = query(2, 0, "");
        query.length = 576; // ntpstat sends its whole zeroed buffer
        String first = replies(query).getFirst().data();
        assertThat(first)
                .contains("stratum=12", "refid=192.168.55.1", "rootdisp=31.635", "rootdelay=0.412", " tc=6")
                .endsWith("\r\n");
        assertThat(first.indexOf("tc=")).isLessThan(first.indexOf("mintc="));
    }

    @Test
    void tells_the_whole_system_in_classic_order_and_form() {
        assertThat(text(query(2, 0, ""))).isEqualTo("""
                version="ekicho 0.1.0", processor="x86_64", system="Linux/6.12.0",
                leap=0, stratum=12, precision=-23, rootdelay=0.412, rootdisp=31.635,
                refid=192.168.55.1, reftime=0xeeae1c97.00000000,
                clock=0xeeae1ca0.00000000, peer=2, tc=6, mintc=3, offset=0.021500,
                frequency=-12.345, sys_jitter=0.008000, clk_jitter=0.003,
                clk_wander=0.012
                """.replace("\n", "\r\n"));
    }

    @Test
    void tells_a_whole_association_in_classic_order_and_form() {
        assertThat(whole(query(2, 3, ""))).isEqualTo("""
                srcadr=fd00::5:1, srcport=123, srchost="ntp2.lan", dstadr=fd00::5:2,
                dstport=123, leap=3, stratum=16, precision=0, rootdelay=0.000,
                rootdisp=0.000, refid=INIT, reftime=0x00000000.00000000,
                rec=0x00000000.00000000, reach=0x0, unreach=7, hmode=3, pmode=0, hpoll=6,
                ppoll=6, headway=0, flash=0x1000, keyid=11, ttl=0, offset=0.000000,
                delay=0.000000, dispersion=16000.000, jitter=0.000000,
                filtdelay= 0.00 0.00 0.00 0.00 0.00 0.00 0.00 0.00,
                filtoffset= 0.00 0.00 0.00 0.00 0.00 0.00 0.00 0.00,
                filtdisp= 16000.00 16000.00 16000.00 16000.00 16000.00 16000.00 16000.00 16000.00
                """.replace("\n", "\r\n"));
    }

    @Test
    void the_status_word_says_leap_source_and_last_event() {
        assertThat(replies(query(2, 0, "leap")).getFirst().status()).isEqualTo(0x0625);
        view = SampleViews.unsynchronised(NOW);
        assertThat(replies(query(2, 0, "leap")).getFirst().status()).isEqualTo(0xc025);
    }

    @Test
    void lists_associations_with_their_status_words() {
        ControlPacket reply = only(query(1, 0, ""));
        assertThat(hex(reply.data())).isEqualTo("00019014" + "0002763a" + "0003c01c" + "0004c811");
        assertThat(only(query(1, 2, "")).status()).isEqualTo(0x763a);
        assertThat(only(query(1, 2, "")).data()).isEmpty();
    }

    @Test
    void shows_one_association_even_where_there_is_none() {
        view = SampleViews.empty(NOW);
        assertThat(hex(only(query(1, 0, "")).data())).isEqualTo("ffff8000");
        assertThat(text(query(2, 0xffff, "srcadr,hpoll"))).isEqualTo("srcadr=127.127.0.0, hpoll=6\r\n");
    }

    @Test
    void the_system_peer_names_an_association_with_address_and_poll() {
        assertThat(text(query(2, 0, "peer"))).isEqualTo("peer=2\r\n");
        assertThat(text(query(2, 2, "srcadr,hpoll"))).isEqualTo("srcadr=192.168.55.1, hpoll=4\r\n");
    }

    @Test
    void cuts_a_long_answer_into_fragments_that_join_to_the_whole() {
        List<ControlPacket> parts = replies(query(2, 2, ""));
        assertThat(parts).hasSizeGreaterThan(1);
        StringBuilder whole = new StringBuilder();
        for (ControlPacket part : parts) {
            assertThat(part.offset()).isEqualTo(whole.length());
            assertThat(part.data().length()).isBetween(1, ControlCodec.MAX_DATA);
            assertThat(part.more()).isEqualTo(!part.equals(parts.getLast()));
            assertThat(part.sequence()).isEqualTo(77);
            whole.append(part.data());
        }
        assertThat(whole.toString()).startsWith("srcadr=192.168.55.1, ").endsWith("16000.00\r\n");
    }

    @Test
    void echoes_the_version_and_goes_back_the_way_it_came() {
        Datagram query = query(2, 0, "stratum");
        query.bytes[0] = (byte) (3 << 3 | 6);
        ControlAction.Replies replies = (ControlAction.Replies) server.answer(query, facts(), MOMENT);
        Datagram sent = replies.fragments().getFirst();
        assertThat(sent.bytes[0]).isEqualTo((byte) (3 << 3 | 6));
        assertThat(sent.peerEndpoint()).isEqualTo(query.peerEndpoint());
        assertThat(sent.local()).isEqualTo(query.local());
        assertThat(sent.interfaceIndex).isEqualTo(4);
    }

    @Test
    void never_tells_the_stamps_of_an_outstanding_request() {
        assertThat(text(query(2, 2, "org,xmt"))).isEqualTo(SECRETS_OF_A_REQUEST);
        assertThat(whole(query(2, 2, ""))).doesNotContain("org=", "xmt=");
    }

    @Test
    void counts_what_the_server_and_what_our_own_associations_received() {
        assertThat(text(query(2, 0, "ss_processed,ss_badauth,ss_received,io_sent,ss_numctlreq")))
                .isEqualTo("ss_processed=70, ss_badauth=7, ss_received=78, io_sent=109,\r\nss_numctlreq=1\r\n");
    }

    @Test
    void one_unknown_name_makes_the_whole_query_fail() {
        assertThat(error(query(2, 0, "leap,no_such_thing"))).isEqualTo(ControlError.UNKNOWN_VARIABLE.code());
        assertThat(error(query(2, 2, "srcadr, nothing"))).isEqualTo(ControlError.UNKNOWN_VARIABLE.code());
    }

    @Test
    void a_name_asked_for_twice_is_told_once() {
        assertThat(text(query(2, 0, "stratum,stratum, stratum"))).isEqualTo("stratum=12\r\n");
    }

    @Test
    void refuses_all_that_writes_and_all_that_needs_a_key() {
        for (int opcode : new int[] {3, 5, 6, 7, 8, 9, 11, 31}) {
            ControlAction.Replies replies =
                    (ControlAction.Replies) server.answer(query(opcode, 0, "leap=3"), facts(), MOMENT);
            assertThat(replies.reason()).as("opcode %d", opcode).isEqualTo(NtpReason.CONTROL_WRITE_REFUSED);
            assertThat(error(query(opcode, 0, ""))).isEqualTo(ControlError.PERMISSION.code());
        }
    }

    @Test
    void tells_unknown_operations_and_associations_apart() {
        assertThat(error(query(13, 0, ""))).isEqualTo(ControlError.BAD_OPCODE.code());
        assertThat(error(query(2, 999, ""))).isEqualTo(ControlError.BAD_ASSOCIATION.code());
        assertThat(error(query(4, 2, ""))).isEqualTo(ControlError.BAD_ASSOCIATION.code());
        assertThat(error(query(2, 0, "a b"))).isEqualTo(ControlError.BAD_FORMAT.code());
    }

    @Test
    void tells_the_clock_of_this_machine() {
        assertThat(text(query(4, 0, ""))).startsWith("device=\"Undisciplined local clock\"");
        assertThat(text(query(4, 1, "refid"))).isEqualTo("refid=LOCL\r\n");
    }

    @Test
    void is_silent_on_answers_errors_fragments_and_broken_messages() {
        for (int flag : new int[] {0x80, 0x40, 0x20}) {
            Datagram query = query(2, 0, "");
            query.bytes[1] |= (byte) flag;
            assertDropped(query, NtpReason.CONTROL_MALFORMED);
        }
        Datagram offset = query(2, 0, "");
        offset.bytes[9] = 4;
        assertDropped(offset, NtpReason.CONTROL_MALFORMED);
        Datagram counted = query(2, 0, "leap");
        counted.bytes[11] = 99;
        assertDropped(counted, NtpReason.CONTROL_MALFORMED);
        Datagram version = query(2, 0, "");
        version.bytes[0] = (byte) (5 << 3 | 6);
        assertDropped(version, NtpReason.CONTROL_MALFORMED);
        Datagram tiny = query(2, 0, "");
        tiny.length = 11;
        assertDropped(tiny, NtpReason.CONTROL_MALFORMED);
    }

    @Test
    void answers_this_machine_and_the_nets_of_the_access_list_only() {
        assertThat(server.answer(query(2, 0, "leap").peer(ip("192.168.55.9"), 4000), facts(), MOMENT))
                .isInstanceOf(ControlAction.Replies.class);
        assertThat(server.answer(query(2, 0, "leap").peer(ip("::1"), 4000), facts(), MOMENT))
                .isInstanceOf(ControlAction.Replies.class);
        assertThat(server.answer(
                        query(2, 0, "leap").peer(ip("10.0.0.7"), 4000).local(ip("10.0.0.7"), 2), facts(), MOMENT))
                .isInstanceOf(ControlAction.Replies.class);
        assertDropped(query(2, 0, "leap").peer(ip("10.0.0.8"), 4000), NtpReason.RESTRICT_NOQUERY);
    }

    @Test
    void an_address_draws_a_bounded_number_of_bytes_and_gets_more_later() {
        long bytes = 0;
        Datagram query = query(2, 2, "").peer(ip("192.168.55.9"), 4000);
        ControlAction action = server.answer(query, facts(), MOMENT);
        while (action instanceof ControlAction.Replies replies) {
            bytes += replies.fragments().stream().mapToLong(part -> part.length).sum();
            assertThat(bytes).isLessThan(ControlBudget.BURST_BYTES + 2000);
            action = server.answer(query, facts(), MOMENT);
        }
        assertThat(action).isEqualTo(new ControlAction.Drop(NtpReason.CONTROL_RATE_LIMITED));
        assertThat(bytes).isGreaterThan(ControlBudget.BURST_BYTES - 1);
        Moment later = new Moment(NOW, MOMENT.monotonicNanos() + SECOND);
        assertThat(server.answer(query, facts(), later)).isInstanceOf(ControlAction.Replies.class);
        Datagram other = query(2, 2, "").peer(ip("192.168.55.10"), 4000);
        assertThat(server.answer(other, facts(), MOMENT)).isInstanceOf(ControlAction.Replies.class);
    }

    @Test
    void loopback_is_never_held_back() {
        for (int i = 0; i < 1000; i++) {
            assertThat(server.answer(query(2, 2, ""), facts(), MOMENT)).isInstanceOf(ControlAction.Replies.class);
        }
    }

    @Test
    void lists_clients_only_for_a_fresh_nonce_of_the_same_asker() {
        clients = SampleViews.clients(NOW, 3);
        String nonce = text(query(12, 0, "")).strip();
        assertThat(nonce).matches("nonce=[0-9a-f]{24}");
        assertThat(whole(query(10, 0, nonce + ", frags=32"))).contains("addr.0=10.0.0.3:123", "addr.2=10.0.0.1:123");
        assertDropped(query(10, 0, "frags=32"), NtpReason.CONTROL_BAD_NONCE);
        assertDropped(query(10, 0, "nonce=0123456789abcdef01234567, frags=32"), NtpReason.CONTROL_BAD_NONCE);
        Datagram elsewhere = query(10, 0, nonce + ", frags=32").peer(ip("127.0.0.1"), 4001);
        assertDropped(elsewhere, NtpReason.CONTROL_BAD_NONCE);
        Moment late = new Moment(NOW + 17 * SECOND, 22 * SECOND);
        assertThat(server.answer(query(10, 0, nonce + ", frags=32"), facts(), late))
                .isEqualTo(new ControlAction.Drop(NtpReason.CONTROL_BAD_NONCE));
    }

    @Test
    void hides_the_client_list_where_nomrulist_stands() {
        ControlServer hiding = new ControlServer(
                allowing("127.0.0.0/8", RestrictFlag.NOMRULIST.mask()),
                new ControlIdentity("ekicho", "", ""),
                new byte[16]);
        String nonce = decode(((ControlAction.Replies) hiding.answer(query(12, 0, ""), facts(), MOMENT))
                        .fragments()
                        .getFirst())
                .data()
                .strip();
        ControlAction.Replies refused =
                (ControlAction.Replies) hiding.answer(query(10, 0, nonce + ", frags=32"), facts(), MOMENT);
        assertThat(decode(refused.fragments().getFirst()).status() >> 8).isEqualTo(ControlError.PERMISSION.code());
    }

    private static TimeSettings allowing(String prefix, int flags) {
        TimeSettings plain = TimeSettings.minimal();
        return new TimeSettings(
                plain.clock(),
                plain.port(),
                plain.interfaces(),
                plain.sources(),
                plain.localClock(),
                plain.hostClock(),
                plain.broadcasts(),
                plain.receiver(),
                plain.keys(),
                plain.authRequired(),
                plain.cryptoNak(),
                List.of(new RestrictRule(IpPrefix.parse(prefix).orElseThrow(), flags)),
                plain.rates(),
                plain.selection(),
                plain.discipline(),
                plain.monitor());
    }

    private ControlFacts facts() {
        return SampleViews.facts(view, clients);
    }

    /// A query as ntpq sends it: version 2, sequence 77, from loopback port 4000 by interface 4.
    static Datagram query(int opcode, int association, String data) {
        byte[] bytes =
                ControlCodec.encode(new ControlPacket(2, false, false, false, opcode, 77, 0, association, 0, data));
        return new Datagram().payload(bytes).peer(IpAddress.LOOPBACK_V4, 4000).local(IpAddress.literal("127.0.0.2"), 4);
    }

    private static IpAddress ip(String text) {
        return IpAddress.literal(text);
    }

    private List<ControlPacket> replies(Datagram query) {
        return switch (server.answer(query, facts(), MOMENT)) {
            case ControlAction.Drop(var reason) -> throw new AssertionError("dropped: " + reason);
            case ControlAction.Replies(var fragments, var reason) -> {
                assertThat(reason).isNotNull();
                List<ControlPacket> packets = new ArrayList<>();
                fragments.forEach(fragment -> packets.add(decode(fragment)));
                yield packets;
            }
        };
    }

    private static ControlPacket decode(Datagram datagram) {
        assertThat(datagram.length % 4).isZero();
        Optional<ControlPacket> packet = ControlCodec.decode(datagram.bytes, datagram.length);
        assertThat(packet).isPresent();
        assertThat(packet.get().response()).isTrue();
        return packet.get();
    }

    private ControlPacket only(Datagram query) {
        List<ControlPacket> replies = replies(query);
        assertThat(replies).hasSize(1);
        return replies.getFirst();
    }

    private String text(Datagram query) {
        ControlPacket packet = only(query);
        assertThat(packet.error()).isFalse();
        return packet.data();
    }

    private String whole(Datagram query) {
        StringBuilder whole = new StringBuilder();
        replies(query).forEach(packet -> whole.append(packet.data()));
        return whole.toString();
    }

    private int error(Datagram query) {
        ControlPacket packet = only(query);
        assertThat(packet.error()).isTrue();
        return packet.status() >> 8;
    }

    private void assertDropped(Datagram query, NtpReason reason) {
        assertThat(server.answer(query, facts(), MOMENT)).isEqualTo(new ControlAction.Drop(reason));
    }

    private static String hex(String data) {
        return HexFormat.of().formatHex(data.getBytes(StandardCharsets.ISO_8859_1));
    }
}
