package org.ekicho.ntp.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.ekicho.ntp.NtpReason;
import org.ekicho.ntp.auth.Authenticator;
import org.ekicho.ntp.boundary.HostClock;
import org.ekicho.ntp.boundary.LocalInterface;
import org.ekicho.ntp.capture.Capture;
import org.ekicho.ntp.packet.NtpPacket;
import org.ekicho.ntp.packet.NtpShort;
import org.ekicho.ntp.packet.NtpTimestamp;
import org.ekicho.ntp.packet.ReferenceId;
import org.ekicho.ntp.settings.BroadcastSettings;
import org.ekicho.ntp.settings.InterfaceRule;
import org.ekicho.ntp.settings.LocalClockSettings;
import org.ekicho.ntp.view.AssociationView;
import org.ekicho.wire.Datagram;
import org.ekicho.wire.IpAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BroadcastStreamsTest {
    private final TestSettings settings = new TestSettings();

    private DrivenEngine start(boolean prefer, BroadcastSettings... streams) {
        settings.localClock = Optional.of(new LocalClockSettings(10, prefer, ReferenceId.LOCAL_CLOCK));
        settings.broadcasts = List.of(streams);
        return new DrivenEngine(settings.done());
    }

    private static BroadcastSettings by(String address, String... interfaces) {
        return new BroadcastSettings(IpAddress.literal(address), 123, 10, 4, 1, 4, List.of(interfaces));
    }

    @Test
    void nothing_is_sent_until_synchronised() {
        DrivenEngine driven = start(false, TestSettings.stream(10, 4));
        driven.run(299);
        assertThat(driven.sent).isEmpty();
        assertThat(driven.only(AssociationView.Kind.BROADCAST_STREAM).state())
                .isEqualTo("sends nothing until this clock is synchronised");
        driven.run(3);
        assertThat(driven.sent).isNotEmpty();
    }

    @Test
    void a_group_is_sent_to_by_every_interface_but_loopback() {
        DrivenEngine driven = start(true, TestSettings.stream(10, 4));
        driven.run(10);
        assertThat(driven.sent).extracting(DrivenEngine.Sent::interfaceIndex).containsExactlyInAnyOrder(2, 3);
        assertThat(driven.sent)
                .extracting(sent -> sent.from().toString())
                .containsExactlyInAnyOrder("192.168.55.2", "192.168.56.2");
        assertThat(driven.sent).allMatch(sent -> sent.ttl() == 1 && sent.to().port() == 123);
    }

    @Test
    void named_interfaces_alone_are_used_and_loopback_is_when_named() {
        DrivenEngine driven = start(true, by("224.0.1.1", "lo", "eth1"));
        driven.run(10);
        assertThat(driven.sent).extracting(DrivenEngine.Sent::interfaceIndex).containsExactlyInAnyOrder(1, 3);
    }

    @Test
    void an_interface_that_is_ignored_gets_no_stream() {
        settings.interfaces =
                List.of(new InterfaceRule(InterfaceRule.Action.LISTEN, Optional.of("eth1"), Optional.empty()));
        DrivenEngine driven = start(true, TestSettings.stream(10, 4));
        driven.run(10);
        assertThat(driven.sent).extracting(DrivenEngine.Sent::interfaceIndex).containsExactly(3);
    }

    @Test
    void a_subnet_broadcast_leaves_by_the_interface_that_owns_it() {
        DrivenEngine driven = start(true, by("192.168.56.255"));
        driven.run(10);
        assertThat(driven.sent).extracting(DrivenEngine.Sent::interfaceIndex).containsExactly(3);
        assertThat(driven.only(AssociationView.Kind.BROADCAST_STREAM).referenceId())
                .isEqualTo(ReferenceId.ofText("BCST"));
    }

    @Test
    void packets_are_never_early_and_never_later_than_a_second_and_a_half() {
        DrivenEngine driven = start(true, by("224.0.1.1", "eth0"));
        driven.run(5000);
        assertThat(driven.sent).hasSizeGreaterThan(280);
        for (int i = 1; i < driven.sent.size(); i++) {
            double gap = (driven.sent.get(i).atNanos() - driven.sent.get(i - 1).atNanos()) / 1e9;
            assertThat(gap).isBetween(16.5, 17.5);
        }
    }

    @Test
    void two_streams_of_one_interface_keep_two_seconds_apart() {
        DrivenEngine driven = start(
                true,
                new BroadcastSettings(TestSettings.GROUP, 123, 10, 4, 1, 4, List.of("eth0")),
                new BroadcastSettings(TestSettings.GROUP, 123, 11, 4, 1, 4, List.of("eth0")));
        driven.run(5000);
        assertThat(driven.sent).hasSizeGreaterThan(500);
        for (int i = 1; i < driven.sent.size(); i++) {
            long gap = driven.sent.get(i).atNanos() - driven.sent.get(i - 1).atNanos();
            assertThat(gap).isGreaterThan(2 * DrivenEngine.SECOND);
        }
    }

    @ParameterizedTest
    @CsvSource({"md5, 10", "sha1, 11", "aes128cmac, 12"})
    void packets_are_those_of_classic_ntpd_where_the_protocol_fixes_them(String name, int keyId) {
        Datagram captured = Capture.read(name).stream()
                .map(Capture.Frame::datagram)
                .filter(datagram -> datagram.local().isMulticast())
                .reduce((_, last) -> last)
                .orElseThrow();
        DrivenEngine driven =
                start(true, new BroadcastSettings(TestSettings.GROUP, 123, keyId, 4, 1, 4, List.of("eth0")));
        driven.run(100);
        DrivenEngine.Sent sent = driven.sent.getLast();
        Datagram ours = sent.datagram();
        assertThat(sent.to()).hasToString("224.0.1.1:123");
        assertThat(ours.length).isEqualTo(captured.length);
        NtpPacket theirs = NtpPacket.decode(captured.bytes, captured.length);
        NtpPacket packet = NtpPacket.decode(ours.bytes, ours.length);
        assertThat(packet.leap()).isEqualTo(theirs.leap());
        assertThat(packet.version()).isEqualTo(theirs.version());
        assertThat(packet.mode()).isEqualTo(theirs.mode());
        assertThat(packet.stratum()).isEqualTo(theirs.stratum());
        assertThat(packet.poll()).isEqualTo(theirs.poll());
        assertThat(packet.rootDelay()).isEqualTo(theirs.rootDelay());
        assertThat(packet.referenceId()).isEqualTo(theirs.referenceId());
        assertThat(packet.origin()).isEqualTo(theirs.origin()).isZero();
        assertThat(packet.receive()).isEqualTo(theirs.receive()).isZero();
        assertThat(NtpShort.toSeconds(packet.rootDispersion())).isLessThan(0.02);
        assertThat(packet.transmit()).isEqualTo(NtpTimestamp.ofNanos(sent.atNanos()));
        assertThat(NtpTimestamp.isAfter(packet.transmit(), packet.reference())).isTrue();
        assertThat(ours.bytes[51]).isEqualTo(captured.bytes[51]).isEqualTo((byte) keyId);
        assertThat(new Authenticator(Capture.keys()).verify(ours.bytes, ours.length, 48, 0, 0))
                .isEqualTo(NtpReason.OK);
    }

    @Test
    void a_stream_ends_with_its_interface_and_comes_back_with_it() {
        DrivenEngine driven = start(true, TestSettings.stream(10, 4));
        driven.run(10);
        driven.engine.networkIs(DrivenEngine.interfaces().subList(0, 2), driven.now(), driven.out());
        driven.sent.clear();
        driven.run(40);
        assertThat(driven.sent).isNotEmpty().allMatch(sent -> sent.interfaceIndex() == 2);
        assertThat(driven.reports()).anyMatch(text -> text.contains("ends: eth1 is gone"));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5})
    void no_packet_is_early_whatever_happens_to_interfaces_and_synchronisation(int seed) {
        settings.hostClock = true;
        settings.broadcasts = List.of(TestSettings.stream(10, 4), TestSettings.stream(11, 5));
        DrivenEngine driven = new DrivenEngine(settings.done());
        SplittableRandom dice = new SplittableRandom(seed);
        for (int i = 0; i < 500; i++) {
            driven.run(dice.nextDouble(20));
            List<LocalInterface> all = DrivenEngine.interfaces();
            driven.engine.networkIs(all.subList(0, dice.nextInt(1, 4)), driven.now(), driven.out());
            double bound = dice.nextInt(4) == 0 ? 12 : 0.001;
            driven.hostClock(
                    new HostClock(dice.nextInt(4) != 0, bound, 0, 0, 0, Optional.of("chronyd"), 3, 0x0a000001, 0, 0));
        }
        Map<String, Long> last = new HashMap<>();
        for (DrivenEngine.Sent sent : driven.sent) {
            int poll = sent.datagram().bytes[NtpPacket.POLL];
            Long before = last.put(sent.from() + " " + poll, sent.atNanos());
            if (before != null) {
                assertThat(sent.atNanos() - before).isGreaterThan(DrivenEngine.SECOND << poll);
            }
        }
        assertThat(driven.sent).hasSizeGreaterThan(100);
    }

    @Test
    void shows_each_stream_as_ntpq_knows_it() {
        DrivenEngine driven = start(true, by("224.0.1.1", "eth0"));
        driven.run(30);
        AssociationView stream = driven.only(AssociationView.Kind.BROADCAST_STREAM);
        assertThat(stream.remote()).hasToString("224.0.1.1:123");
        assertThat(ReferenceId.format(stream.referenceId(), stream.stratum())).isEqualTo(".MCST.");
        assertThat(stream.interfaceName()).isEqualTo("eth0");
        assertThat(stream.local()).hasToString("192.168.55.2");
        assertThat(stream.configured()).isTrue();
        assertThat(stream.sent()).isEqualTo(2);
        assertThat(stream.state()).startsWith("sends every 16 s by eth0 from 192.168.55.2 with key 10, last ");
    }

    @Test
    void a_stream_with_a_key_that_is_not_there_sends_nothing_and_says_so() {
        DrivenEngine driven = start(true, TestSettings.stream(99, 4));
        driven.run(100);
        assertThat(driven.sent).isEmpty();
        assertThat(driven.only(AssociationView.Kind.BROADCAST_STREAM).state())
                .isEqualTo("sends nothing: key 99 is not in the key file");
    }
}
