package org.ekicho.lab.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.ekicho.lab.lan.Lan;
import org.ekicho.lab.peer.Capture;
import org.ekicho.lab.peer.Ekicho;
import org.ekicho.lab.peer.Keys;
import org.ekicho.lab.peer.Ntpq;
import org.ekicho.lab.peer.PeerTest;
import org.ekicho.lab.peer.Programs;
import org.ekicho.lab.peer.Script;
import org.ekicho.ntp.NtpReason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/// Packets that must not move a receiver, each with its reason in words.
@PeerTest
final class RefusalsTest {
    @Test
    void another_secret_for_the_same_key_id(TestInfo test) {
        neverFollows(test, Keys.MD5, NtpReason.BAD_MAC, Secrets.OTHER, Keys.MD5);
    }

    @Test
    void a_key_id_that_is_not_trusted(TestInfo test) {
        neverFollows(test, Keys.MD5, NtpReason.UNTRUSTED_KEY, Secrets.SAME, Keys.SHA1);
    }

    @Test
    void a_server_that_sends_without_key(TestInfo test) {
        neverFollows(test, "", NtpReason.MISSING_MAC, Secrets.SAME, Keys.MD5);
    }

    @Test
    void a_capture_of_another_day_replayed(TestInfo test) {
        Path captured = Programs.root().resolve("ntp/src/test/resources/golden/captures/md5.pcap");
        try (Lan lan = Lan.of(test)) {
            var pair = lan.pair();
            List<byte[]> multicasts = Capture.of(pair.server(), captured).stream()
                    .filter(udp -> udp.ntpMode() == 5)
                    .map(Capture.Udp::payload)
                    .toList();
            assertThat(multicasts).hasSizeGreaterThan(1);
            var client = Ekicho.serve(pair.client(), ReferenceFiles.receiver(Keys.right(pair.client()), Keys.MD5));
            Ekicho.awaitReady(lan, client);
            for (byte[] payload : multicasts)
                Script.inject(pair.server(), "eth0", "192.168.55.1", "224.0.1.1", payload);
            Refusal.isSaid(lan, pair.client(), client, NtpReason.TOO_FAR);
            Following.notSynchronised(pair.client());
        }
    }

    @Test
    void replayed_and_early_packets_beside_a_good_server(TestInfo test) {
        try (Lan lan = Lan.of(test)) {
            var pair = lan.pair();
            var capture = Capture.on(pair.client(), "eth0");
            Ekicho.serve(pair.server(), ReferenceFiles.server(Keys.right(pair.server()), Keys.MD5));
            var client = Ekicho.serve(pair.client(), ReferenceFiles.receiver(Keys.right(pair.client()), Keys.MD5));
            Following.fromUnicastToMulticast(lan, pair.client(), client);

            lan.await(
                    "a second multicast",
                    40,
                    () -> capture.ntp(5, "192.168.55.1").size() > 1,
                    client::log);
            byte[] first = capture.ntp(5, "192.168.55.1").getFirst().payload();
            Script.inject(pair.server(), "eth0", "192.168.55.1", "224.0.1.1", first);
            Refusal.isSaid(lan, pair.client(), client, NtpReason.REPLAY);

            Script.inject(pair.server(), "eth0", "192.168.55.1", "224.0.1.1", Keys.stampedNow(first));
            Refusal.isSaid(lan, pair.client(), client, NtpReason.TOO_EARLY);

            assertThat(Ntpq.classic(pair.client()).show("peers").lines())
                    .as("goes on following")
                    .anyMatch(line -> line.startsWith("*192.168.55.1"));
        }
    }

    private enum Secrets {
        SAME,
        OTHER
    }

    private static void neverFollows(TestInfo test, String sent, NtpReason why, Secrets secrets, String trusted) {
        try (Lan lan = Lan.of(test)) {
            var pair = lan.pair();
            Ekicho.serve(pair.server(), ReferenceFiles.server(Keys.right(pair.server()), sent));
            String keys = switch (secrets) {
                case SAME -> Keys.right(pair.client());
                case OTHER -> Keys.wrong(pair.client());
            };
            var client = Ekicho.serve(pair.client(), ReferenceFiles.receiver(keys, trusted));
            Refusal.isSaid(lan, pair.client(), client, why);
            Following.notSynchronised(pair.client());
        }
    }
}
