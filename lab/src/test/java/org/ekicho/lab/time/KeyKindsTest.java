package org.ekicho.lab.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.ekicho.lab.lan.Daemon;
import org.ekicho.lab.lan.Lan;
import org.ekicho.lab.lan.Machine;
import org.ekicho.lab.peer.Ekicho;
import org.ekicho.lab.peer.PeerTest;
import org.ekicho.lab.peer.Programs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/// Every kind of key that chronyd and Ekicho share, in the versions in which chronyd sends its MACs differently: whole
/// SHA-2 digests in version 3, cut ones in version 4.
@PeerTest
final class KeyKindsTest {
    private static final String LONG = "00112233445566778899aabbccddeeff01234567";
    private static final String AES_128 = "000102030405060708090a0b0c0d0e0f";
    private static final String AES_256 = AES_128 + "101112131415161718191a1b1c1d1e1f";
    /// The key whose secret differs on the two machines.
    private static final int WRONG = 8;

    @Test
    void chronyd_accepts_our_answers_under_every_kind_of_key(TestInfo test) {
        try (Lan lan = Lan.of(test)) {
            var pair = lan.pair();
            var server = Ekicho.serve(pair.server(), """
                    server 127.127.1.0 prefer
                    fudge 127.127.1.0 stratum 10
                    keys %s
                    trustedkey (1 ... %d)
                    """.formatted(serverKeys(pair.server()), WRONG));
            Ekicho.awaitReady(lan, server);
            String keys = clientKeys(pair.client());
            Map<String, Daemon> clients = new LinkedHashMap<>();
            for (int version = 3; version <= 4; version++) {
                for (int key = 1; key <= WRONG; key++) {
                    String name = "chronyd-v" + version + "-key-" + key;
                    clients.put(name, ask(pair.client(), name, "version %d key %d".formatted(version, key), keys));
                }
            }
            lan.await("every chronyd ends", 90, () -> clients.values().stream().noneMatch(Daemon::runs), server::log);
            clients.forEach((name, client) -> {
                if (name.endsWith("" + WRONG)) {
                    assertThat(client.log()).as(name).contains("No suitable source");
                } else {
                    assertThat(client.log()).as(name).contains("System clock wrong by");
                }
            });
        }
    }

    /// One measurement by a chronyd that then ends and sets no clock.
    private static Daemon ask(Machine machine, String name, String options, String keys) {
        String conf = machine.file(name + ".conf", """
                server 192.168.55.1 iburst %s
                keyfile %s
                pidfile %s
                bindcmdaddress /
                cmdport 0
                """.formatted(
                                options, keys, machine.folder().resolve(name + ".run")))
                .toString();
        return machine.start(name, Programs.peer("chronyd"), "-x", "-Q", "-t", "20", "-u", "root", "-f", conf);
    }

    private static String serverKeys(Machine machine) {
        return machine.file("ntp.keys", """
                1 MD5 %1$s
                2 SHA1 %1$s
                3 SHA256 %1$s
                4 SHA384 %1$s
                5 SHA512 %1$s
                6 AES128CMAC %2$s
                7 AES256CMAC %3$s
                8 SHA1 %1$s
                """.formatted(LONG, AES_128, AES_256)).toString();
    }

    private static String clientKeys(Machine machine) {
        return machine.file("chrony.keys", """
                1 MD5 HEX:%1$s
                2 SHA1 HEX:%1$s
                3 SHA256 HEX:%1$s
                4 SHA384 HEX:%1$s
                5 SHA512 HEX:%1$s
                6 AES128 HEX:%2$s
                7 AES256 HEX:%3$s
                8 SHA1 HEX:ff%1$s
                """.formatted(LONG, AES_128, AES_256))
                .toString();
    }
}
