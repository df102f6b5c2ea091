package org.ekicho.ntp.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.ekicho.ntp.auth.Authenticator;
import org.ekicho.ntp.auth.KeyRing;
import org.ekicho.ntp.auth.KeyType;
import org.ekicho.ntp.auth.SymmetricKey;
import org.ekicho.ntp.boundary.TimeAction;
import org.ekicho.ntp.packet.NtpMode;
import org.ekicho.ntp.packet.NtpPacket;
import org.ekicho.ntp.packet.NtpTimestamp;
import org.ekicho.ntp.settings.ClockMode;
import org.ekicho.ntp.view.AssociationView;
import org.ekicho.ntp.view.TimeView;
import org.ekicho.wire.BigEndian;
import org.ekicho.wire.Datagram;
import org.ekicho.wire.Endpoint;
import org.ekicho.wire.IpAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whoever does not hold the key changes nothing but counters, whatever he sends: neither state, timers, floors nor
/// the clock.
class ForgedPacketTest {
    private static final int PACKETS = 3000;

    private final TestSettings settings = new TestSettings();
    private final PretendServer server = new PretendServer();
    private final PretendServer unicast = new PretendServer();

    /// Follows a keyed multicast and a keyed unicast server, and steers.
    private DrivenEngine settled() {
        settings.clock = ClockMode.STEER;
        settings.receiver = TestSettings.multicastClient();
        settings.sources = List.of(TestSettings.server("192.168.55.7", 11, 4, 4));
        unicast.endpoint = new Endpoint(IpAddress.literal("192.168.55.7"), 123);
        DrivenEngine driven = new DrivenEngine(settings.done());
        for (int i = 0; i < 6; i++) {
            server.send(driven, 4, 10);
            driven.run(17, sent -> {
                PretendServer asked = sent.to().equals(server.endpoint) ? server : unicast;
                driven.receive(asked.reply(sent.datagram(), sent.atNanos()));
            });
        }
        assertThat(driven.view().associations()).hasSize(2).allMatch(one -> one.reach() > 7);
        return driven;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void a_packet_without_the_key_changes_nothing_but_counters(int seed) {
        DrivenEngine driven = settled();
        SplittableRandom dice = new SplittableRandom(seed);
        for (int i = 0; i < PACKETS; i++) {
            TimeView before = driven.view();
            long deadline = driven.engine.nextDeadlineNanos();
            driven.actions.clear();
            driven.receive(forged(driven, dice));
            assertThat(stripped(driven.view())).isEqualTo(stripped(before));
            assertThat(driven.engine.nextDeadlineNanos()).isEqualTo(deadline);
            assertThat(driven.actions).hasSize(1).allMatch(TimeAction.Refused.class::isInstance);
        }
    }

    /// A packet as plausible as can be made without the key: right addresses, right stamps, wrong, cut or no MAC.
    private Datagram forged(DrivenEngine driven, SplittableRandom dice) {
        Datagram forged = switch (dice.nextInt(3)) {
            case 0 -> server.multicast(driven.trueNanos(), dice.nextInt(1, 8), 10);
            case 1 -> mode(server.multicast(driven.trueNanos(), 4, 10), NtpMode.ofCode(dice.nextInt(1, 5)));
            default -> mode(server.multicast(driven.trueNanos(), 4, 11), NtpMode.SERVER);
        };
        if (dice.nextBoolean()) {
            forged.peer(unicast.endpoint.address(), 123).local(IpAddress.literal("192.168.55.2"), 2);
        }
        if (!driven.sent.isEmpty() && dice.nextBoolean()) {
            Datagram request = driven.sent.get(driven.sent.size() - 1).datagram();
            System.arraycopy(request.bytes, NtpPacket.TRANSMIT, forged.bytes, NtpPacket.ORIGIN, 8);
        }
        BigEndian.put64(forged.bytes, NtpPacket.TRANSMIT, NtpTimestamp.ofNanos(driven.trueNanos() + dice.nextInt()));
        switch (dice.nextInt(4)) {
            case 0 -> forged.length = NtpPacket.HEADER;
            case 1 -> forged.bytes[dice.nextInt(52, forged.length)] ^= (byte) dice.nextInt(1, 256);
            case 2 -> forged.bytes[dice.nextInt(1, 48)] ^= (byte) dice.nextInt(1, 256);
            default -> {
                forged.length = NtpPacket.HEADER;
                KeyRing wrong = new KeyRing(
                        List.of(new SymmetricKey(10, KeyType.MD5, new byte[] {9}, List.of())), java.util.Set.of(10));
                forged.length = new Authenticator(wrong).seal(forged.bytes, forged.length, 10);
            }
        }
        return forged;
    }

    private static Datagram mode(Datagram packet, NtpMode mode) {
        packet.bytes[0] = (byte) ((packet.bytes[0] & ~7) | mode.code());
        return packet;
    }

    /// The picture without its counters of refusals.
    private static TimeView stripped(TimeView view) {
        return new TimeView(
                view.madeNanos(),
                view.startedNanos(),
                view.clock(),
                view.state(),
                view.systemPeer(),
                view.systemPoll(),
                view.offsetSeconds(),
                view.frequencyPpm(),
                view.systemJitter(),
                view.clockJitter(),
                view.clockWander(),
                view.lastEvent(),
                view.eventCount(),
                view.sentence(),
                view.associations().stream().map(ForgedPacketTest::stripped).toList(),
                List.of(),
                List.of(),
                view.broadcastDelay());
    }

    private static AssociationView stripped(AssociationView view) {
        return new AssociationView(
                view.id(),
                view.kind(),
                view.remote(),
                view.name(),
                view.local(),
                view.interfaceName(),
                view.configured(),
                view.authEnabled(),
                view.authentic(),
                view.reach(),
                view.unreach(),
                view.selection(),
                view.selectionReason(),
                view.hostMode(),
                view.peerMode(),
                view.volley(),
                view.leap(),
                view.stratum(),
                view.precision(),
                view.rootDelay(),
                view.rootDispersion(),
                view.referenceId(),
                view.reference(),
                view.lastReceived(),
                view.hostPoll(),
                view.peerPoll(),
                view.keyId(),
                view.ttl(),
                view.offsetSeconds(),
                view.delaySeconds(),
                view.dispersionSeconds(),
                view.jitterSeconds(),
                view.filter(),
                view.sent(),
                view.received(),
                Optional.empty(),
                List.of(),
                view.flash(),
                view.lastEvent(),
                view.eventCount(),
                view.state());
    }

    @Test
    void any_bytes_at_all_are_survived() {
        DrivenEngine driven = settled();
        SplittableRandom dice = new SplittableRandom(5);
        for (int i = 0; i < PACKETS; i++) {
            byte[] bytes = new byte[dice.nextInt(0, 120)];
            dice.nextBytes(bytes);
            Datagram datagram = new Datagram()
                    .peer(server.endpoint.address(), 123)
                    .local(TestSettings.GROUP, 2)
                    .payload(bytes);
            driven.receive(datagram);
        }
        assertThat(driven.view().associations()).hasSize(2);
        assertThat(driven.isSynchronised()).isTrue();
    }
}
