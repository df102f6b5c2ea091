package org.ekicho.lab.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.ekicho.lab.lan.Daemon;
import org.ekicho.lab.lan.Lan;
import org.ekicho.lab.lan.Machine;
import org.ekicho.lab.lan.Outcome;
import org.ekicho.lab.peer.PeerTest;
import org.ekicho.lab.peer.Programs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/// Files fetched by TFTP clients that people have, over cables that lose, stop high ports, or stop long
/// packets.
@PeerTest(programs = {"busybox", "curl"})
final class TftpClientsTest {
    private static final String SERVER = "192.168.55.1";
    /// Not a multiple of any block size; small enough for a lossy line.
    private static final int SIZE = 700_003;

    /// A server with a file, a client, and what it fetches.
    private static final class Scene implements AutoCloseable {
        private final Lan lan;
        private final Machine client;
        private final Machine server;
        private final Daemon daemon;
        private final byte[] content = new byte[SIZE];

        Scene(TestInfo test, int largestBlock, String port) throws IOException {
            lan = Lan.of(test);
            Lan.Pair pair = lan.pair();
            server = pair.server();
            client = pair.client();
            new Random(3).nextBytes(content);
            Path files = Files.createDirectories(server.folder().resolve("files"));
            Files.write(files.resolve("kernel"), content);
            daemon = server.start(
                    "tftp",
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "--enable-native-access=ALL-UNNAMED",
                    "-cp",
                    System.getProperty("java.class.path"),
                    TftpProgram.class.getName(),
                    files.toString(),
                    Integer.toString(largestBlock),
                    port);
            lan.await("the server listens", 60, () -> daemon.log().contains("listening"), daemon::log);
        }

        /// Drops what of the server's packets a rule of nftables names, at the client's door.
        void drop(String rule) {
            String nft = Programs.peer("nft");
            client.must(nft, "add", "table", "inet", "fault");
            client.must(nft, "add", "chain", "inet", "fault", "in", "{ type filter hook input priority 0; }");
            List<String> words = new ArrayList<>(List.of(nft, "add", "rule", "inet", "fault", "in"));
            words.addAll(List.of(rule.split(" ", -1)));
            client.must(words.toArray(new String[0]));
        }

        Outcome run(String... command) {
            return client.show(command);
        }

        void arrived(String name) throws IOException {
            assertThat(Files.readAllBytes(client.folder().resolve(name)))
                    .as("%s as %s\n%s", "the file", name, daemon.log())
                    .isEqualTo(content);
        }

        void awaitReport(String text) {
            lan.await("the server tells: " + text, 60, () -> daemon.log().contains(text), daemon::log);
        }

        /// Each client once.
        void everyClientFetches() throws IOException {
            run(Programs.peer("tftp"), "-m", "binary", SERVER, "-c", "get", "kernel", "by-hpa");
            arrived("by-hpa");
            run(Programs.peer("atftp"), "-g", "-r", "kernel", "-l", "by-atftp", SERVER);
            arrived("by-atftp");
            run(
                    Programs.peer("atftp"),
                    "--option",
                    "blksize 1428",
                    "--option",
                    "windowsize 8",
                    "--option",
                    "tsize",
                    "-g",
                    "-r",
                    "kernel",
                    "-l",
                    "by-atftp-window",
                    SERVER);
            arrived("by-atftp-window");
            run("curl", "-sS", "-m", "50", "-o", "by-curl", "tftp://" + SERVER + "/kernel");
            arrived("by-curl");
            run(
                    "curl",
                    "-sS",
                    "-m",
                    "50",
                    "--tftp-blksize",
                    "1428",
                    "-o",
                    "by-curl-1428",
                    "tftp://" + SERVER + "//KERNEL");
            arrived("by-curl-1428");
            run("busybox", "tftp", "-g", "-b", "1408", "-r", "\\kernel", "-l", "by-busybox", SERVER);
            arrived("by-busybox");
        }

        @Override
        public void close() {
            lan.close();
        }
    }

    @Test
    void every_client_fetches_a_file_from_a_port_of_its_own(TestInfo test) throws IOException {
        try (Scene scene = new Scene(test, 65464, "own")) {
            scene.everyClientFetches();
            assertThat(scene.daemon.log()).contains("COMPLETE " + "192.168.55.2 kernel");
            scene.run("curl", "-sS", "-m", "50", "-o", "none", "tftp://" + SERVER + "/kernle");
            scene.awaitReport("nearest name: kernel");
            scene.run("busybox", "tftp", "-p", "-l", "by-curl", "-r", "kernel", SERVER);
            scene.awaitReport("WRITE_REFUSED");
        }
    }

    @Test
    void every_client_fetches_a_file_from_port_69_alone(TestInfo test) throws IOException {
        try (Scene scene = new Scene(test, 65464, "shared")) {
            scene.drop("udp sport 1024-65535 drop");
            scene.everyClientFetches();
        }
    }

    @Test
    void high_ports_that_are_stopped_are_told_apart(TestInfo test) throws IOException {
        try (Scene scene = new Scene(test, 65464, "own")) {
            scene.drop("udp sport 1024-65535 drop");
            Outcome fetched = scene.run("curl", "-sS", "-m", "8", "-o", "none", "tftp://" + SERVER + "/kernel");
            assertThat(fetched.exit()).isNotZero();
            scene.awaitReport("NO_ANSWER");
        }
    }

    @Test
    void every_client_fetches_a_file_over_a_line_that_loses_two_packets_in_a_hundred(TestInfo test) throws IOException {
        try (Scene scene = new Scene(test, 65464, "own")) {
            scene.drop("udp sport 1024-65535 numgen random mod 100 < 2 drop");
            scene.everyClientFetches();
            assertThat(scene.daemon.log()).containsPattern("blocks, [1-9][0-9]* of them again");
        }
    }

    @Test
    void long_packets_that_are_stopped_are_told_apart_and_smaller_blocks_pass(TestInfo test) throws IOException {
        String[] curl = {
            "curl", "-sS", "-m", "20", "--tftp-blksize", "1428", "-o", "small", "tftp://" + SERVER + "/kernel"
        };
        try (Scene scene = new Scene(test, 65464, "own")) {
            scene.drop("meta length > 1000 drop");
            assertThat(scene.run(curl).exit()).isNotZero();
            scene.awaitReport("BLOCKS_LOST");
        }
        try (Scene scene = new Scene(test, 512, "own")) {
            scene.drop("meta length > 1000 drop");
            assertThat(scene.run(curl).exit()).isZero();
            scene.arrived("small");
        }
    }
}
