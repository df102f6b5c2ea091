package org.ekicho.lab.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.ekicho.lab.lan.Lan;
import org.ekicho.lab.peer.ClassicNtpd;
import org.ekicho.lab.peer.Ekicho;
import org.ekicho.lab.peer.Keys;
import org.ekicho.lab.peer.Ntpq;
import org.ekicho.lab.peer.Ntpstat;
import org.ekicho.lab.peer.PeerTest;
import org.ekicho.ntp.NtpReason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Ekicho and ntpd 4.2.8p15, both ways round.
@PeerTest
final class ClassicPeerTest {
    /// Long enough for two multicasts and a volley after them.
    private static final Duration A_WHILE = Duration.ofSeconds(40);

    @ParameterizedTest(name = "key_{0}")
    @ValueSource(strings = {Keys.MD5, Keys.SHA1, Keys.AES})
    void a_classic_receiver_follows_our_server(String key, TestInfo test) {
        try (Lan lan = Lan.of(test)) {
            var pair = lan.pair();
            ClassicFiles.multicastRoute(pair.client());
            Ekicho.serve(pair.server(), ReferenceFiles.server(Keys.right(pair.server()), key));
            var client = ClassicNtpd.start(pair.client(), ClassicFiles.receiver(Keys.right(pair.client()), key));
            Following.fromUnicastToMulticast(lan, pair.client(), client);
            Ntpq.classic(pair.server()).show("peers");
            assertThat(Ntpstat.on(pair.server()).show().exit()).isZero();
        }
    }

    @ParameterizedTest(name = "key_{0}")
    @ValueSource(strings = {Keys.MD5, Keys.SHA1, Keys.AES})
    void our_receiver_follows_a_classic_server(String key, TestInfo test) {
        try (Lan lan = Lan.of(test)) {
            var pair = lan.pair();
            ClassicNtpd.start(pair.server(), ClassicFiles.server(Keys.right(pair.server()), key));
            var client = Ekicho.serve(pair.client(), ReferenceFiles.receiver(Keys.right(pair.client()), key));
            Following.fromUnicastToMulticast(lan, pair.client(), client);
            assertThat(Ntpstat.on(pair.server()).show().exit()).isZero();
        }
    }

    @Test
    void a_classic_receiver_with_another_secret_never_follows_our_server(TestInfo test) {
        try (Lan lan = Lan.of(test)) {
            var pair = lan.pair();
            ClassicFiles.multicastRoute(pair.client());
            Ekicho.serve(pair.server(), ReferenceFiles.server(Keys.right(pair.server()), Keys.MD5));
            ClassicNtpd.start(pair.client(), ClassicFiles.receiver(Keys.wrong(pair.client()), Keys.MD5));
            Lan.pause(A_WHILE);
            Following.notSynchronised(pair.client());
        }
    }

    @Test
    void a_classic_receiver_never_follows_our_server_without_key(TestInfo test) {
        try (Lan lan = Lan.of(test)) {
            var pair = lan.pair();
            ClassicFiles.multicastRoute(pair.client());
            Ekicho.serve(pair.server(), ReferenceFiles.server(Keys.right(pair.server()), ""));
            ClassicNtpd.start(pair.client(), ClassicFiles.receiver(Keys.right(pair.client()), Keys.MD5));
            Lan.pause(A_WHILE);
            Following.notSynchronised(pair.client());
        }
    }

    @Test
    void our_receiver_with_another_secret_refuses_a_classic_server_and_says_why(TestInfo test) {
        try (Lan lan = Lan.of(test)) {
            var pair = lan.pair();
            ClassicNtpd.start(pair.server(), ClassicFiles.server(Keys.right(pair.server()), Keys.MD5));
            var client = Ekicho.serve(pair.client(), ReferenceFiles.receiver(Keys.wrong(pair.client()), Keys.MD5));
            Refusal.isSaid(lan, pair.client(), client, NtpReason.BAD_MAC);
            Following.notSynchronised(pair.client());
        }
    }

    @Test
    void our_receiver_refuses_a_classic_server_without_key_and_says_why(TestInfo test) {
        try (Lan lan = Lan.of(test)) {
            var pair = lan.pair();
            String keyless =
                    ClassicFiles.server(Keys.right(pair.server()), Keys.MD5).replace("224.0.1.1 key 10", "224.0.1.1");
            ClassicNtpd.start(pair.server(), keyless);
            var client = Ekicho.serve(pair.client(), ReferenceFiles.receiver(Keys.right(pair.client()), Keys.MD5));
            Refusal.isSaid(lan, pair.client(), client, NtpReason.MISSING_MAC);
            Following.notSynchronised(pair.client());
        }
    }
}
