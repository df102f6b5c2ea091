package org.ekicho.ntp.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.ekicho.ntp.NtpReason;
import org.ekicho.ntp.auth.Authenticator;
import org.ekicho.ntp.auth.KeyRing;
import org.ekicho.ntp.auth.KeyType;
import org.ekicho.ntp.auth.SymmetricKey;
import org.ekicho.ntp.boundary.SavedState;
import org.ekicho.ntp.capture.Capture;
import org.ekicho.ntp.packet.LeapIndicator;
import org.ekicho.ntp.packet.NtpMode;
import org.ekicho.ntp.packet.NtpPacket;
import org.ekicho.ntp.packet.NtpTimestamp;
import org.ekicho.ntp.view.AssociationView;
import org.ekicho.wire.BigEndian;
import org.ekicho.wire.Datagram;
import org.ekicho.wire.IpAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A receiver that hears the captured multicasts of classic ntpd. Its requests are answered as the captured server
/// would have done it, from the newest captured header.
class CapturedReceiverTest {
    private static final IpAddress SERVER = IpAddress.literal("192.168.55.1");
    private static final IpAddress CLIENT = IpAddress.literal("192.168.55.2");

    private final TestSettings settings = new TestSettings();

    private static List<Datagram> multicasts(String name) {
        return Capture.read(name).stream()
                .map(Capture.Frame::datagram)
                .filter(datagram -> datagram.local().isMulticast())
                .toList();
    }

    /// 0.1 ms each way.
    private static Datagram answer(Datagram request, NtpPacket header, long trueNanos, Authenticator authenticator) {
        NtpPacket asked = NtpPacket.decode(request.bytes, request.length);
        Datagram reply = new Datagram().peer(SERVER, 123).local(CLIENT, 2);
        new NtpPacket(
                        header.leap(),
                        4,
                        NtpMode.SERVER,
                        header.stratum(),
                        asked.poll(),
                        header.precision(),
                        header.rootDelay(),
                        // the root dispersion of a classic local clock that has just started is above maxdist
                        0x29f,
                        header.referenceId(),
                        header.reference(),
                        asked.transmit(),
                        NtpTimestamp.ofNanos(trueNanos + 100_000),
                        NtpTimestamp.ofNanos(trueNanos + 100_000))
                .encode(reply.bytes);
        reply.length = NtpPacket.HEADER;
        if (request.length > NtpPacket.HEADER) {
            int keyId = BigEndian.i32(request.bytes, NtpPacket.HEADER);
            reply.length = authenticator.seal(reply.bytes, reply.length, keyId);
        }
        return reply;
    }

    private DrivenEngine play(String name) {
        settings.receiver = TestSettings.multicastClient();
        List<Datagram> frames = multicasts(name);
        DrivenEngine driven =
                new DrivenEngine(settings.done(), SavedState.NONE, frames.getFirst().receivedAtNanos - 1, 0, 7);
        Authenticator server = new Authenticator(Capture.keys());
        NtpPacket[] newest = new NtpPacket[1];
        for (Datagram frame : frames) {
            driven.runTo(frame.receivedAtNanos, sent -> {
                Datagram reply = answer(sent.datagram(), newest[0], sent.atNanos(), server);
                driven.runTo(sent.atNanos() + 200_000);
                driven.receive(reply);
            });
            newest[0] = NtpPacket.decode(frame.bytes, frame.length);
            driven.receive(frame.copy());
        }
        return driven;
    }

    @ParameterizedTest
    @ValueSource(strings = {"md5", "sha1", "aes128cmac"})
    void measures_by_a_volley_and_then_follows(String name) {
        DrivenEngine driven = play(name);

        AssociationView association = driven.only(AssociationView.Kind.BROADCAST_RECEIVER);
        assertThat(association.state()).startsWith("following; delay of 0.2");
        assertThat(association.volley()).isFalse();
        assertThat(association.configured()).isFalse();
        assertThat(association.authEnabled()).isTrue();
        assertThat(association.authentic()).isTrue();
        assertThat(association.reach() & 0xf).isEqualTo(0xf);
        assertThat(association.refusals()).isEmpty();
        assertThat(association.remote().address()).isEqualTo(SERVER);
        assertThat(association.interfaceName()).isEqualTo("lo");
        assertThat(driven.view().systemPeer()).isEqualTo(association.id());
        assertThat(driven.engine.serverState().stratum()).isEqualTo(12);
        assertThat(driven.engine.serverState().leap()).isEqualTo(LeapIndicator.NONE);
        assertThat(driven.view().sentence()).startsWith("synchronised to 192.168.55.1 (stratum 11), within");
        assertThat(driven.sent).hasSizeBetween(4, 6);
    }

    @Test
    void never_forms_an_association_when_the_secrets_differ() {
        settings.keys =
                new KeyRing(List.of(new SymmetricKey(10, KeyType.MD5, new byte[] {1, 2, 3}, List.of())), Set.of(10));
        assertRefused(play("wrongkey"), NtpReason.BAD_MAC);
    }

    @Test
    void never_forms_an_association_with_a_sender_without_a_key() {
        assertRefused(play("keyless-server"), NtpReason.MISSING_MAC);
    }

    private static void assertRefused(DrivenEngine driven, NtpReason reason) {
        assertThat(driven.view().associations()).isEmpty();
        assertThat(driven.isSynchronised()).isFalse();
        assertThat(driven.sent).isEmpty();
        assertThat(driven.view().lastStrays()).hasSize(1);
        assertThat(driven.view().lastStrays().getFirst().reason()).isEqualTo(reason);
        assertThat(driven.view().sentence())
                .startsWith("unsynchronised: refused ")
                .endsWith(" packets from 192.168.55.1: " + reason.sentence());
    }
}
