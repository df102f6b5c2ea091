package org.ekicho.lab.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.ekicho.lab.lan.Outcome;
import org.ekicho.lab.mirror.WebRepo.Pkg;
import org.ekicho.lab.peer.PeerTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whatever an upstream does, what was published before stays up and whole, the command and the list say why in one
/// sentence, and the next run after the fault is gone succeeds. Each fault has a repository of its own, so that one run
/// of the command meets them all.
@PeerTest
class FaultsTest {
    /// A heap in which neither an opened bomb nor a token of 200 MB would fit.
    private static final String SMALL_HEAP = "-Xmx96m";

    @TempDir
    private Path temp;

    private BadUpstream upstream;
    /// Not the real one, which others keep busy: each publication waits for the disk.
    private SmallDisk disk;

    private MirrorCommands mirror;

    FaultsTest() {}

    @BeforeEach
    void open() {
        upstream = BadUpstream.open();
        disk = SmallDisk.at(temp.resolve("disk"), "size=600m");
        mirror = MirrorCommands.of(temp.resolve("disk/mirror")).behind(disk.way());
    }

    @AfterEach
    void close() {
        upstream.close();
        disk.close();
    }

    @Test
    void a_server_that_misbehaves_changes_nothing_that_is_served() throws IOException {
        meet(Misdeed.ofServers());
    }

    @Test
    void hostile_metadata_changes_nothing_that_is_served_and_costs_little() throws IOException {
        meet(Misdeed.ofMetadata());
        try (Stream<Path> files = Files.walk(disk.seen())) {
            assertThat(files.filter(file -> file.endsWith("evil.rpm"))).isEmpty();
        }
    }

    private void meet(List<Misdeed> misdeeds) throws IOException {
        List<String> names = misdeeds.stream().map(Misdeed::repo).toList();
        names.forEach(name -> upstream.has(name, WebRepo.of(name, 1)));
        add(names.stream()
                .map(name -> section(name, "baseurl=" + upstream.address(name)))
                .toList());
        mirror.must("sync", "--quiet");
        try (MirrorCommands.Served served = mirror.serve()) {
            for (Misdeed misdeed : misdeeds) {
                upstream.has(misdeed.repo(), misdeed.state());
                misdeed.does().accept(upstream);
            }
            Outcome sync = MirrorCommands.failed(mirror.run(SMALL_HEAP, List.of("sync", "--quiet")));
            Outcome list = mirror.must("list");
            SoftAssertions soft = new SoftAssertions();
            for (Misdeed misdeed : misdeeds) {
                String name = misdeed.repo();
                String sentence = after(sync, ": " + name + ": ");
                soft.assertThat(sentence).as(name).isNotEmpty().contains(misdeed.words());
                soft.assertThat(list.out()).as(name).contains("behind    " + sentence);
                soft.assertThat(snapshots(name)).as(name).hasSize(1);
            }
            soft.assertAll();
            names.forEach(name -> served.hasAll("latest", name, WebRepo.of(name, 1)));
            assertThat(bytesBelow(disk.seen())).as("nothing huge was written").isLessThan(64L << 20);

            upstream.behaves();
            names.forEach(name -> upstream.has(name, WebRepo.of(name, 2)));
            mirror.must("sync", "--quiet");
            names.forEach(name -> served.hasAll("latest", name, WebRepo.of(name, 2)));
            assertThat(mirror.must("list").out()).doesNotContain("behind");
        }
    }

    @Test
    void connections_that_close_at_random_bytes_are_continued() throws IOException {
        upstream.has("some", WebRepo.of(1, Pkg.of("a", 1, 200_000), Pkg.of("b", 1, 50_000)));
        add(List.of(section("some", "baseurl=" + upstream.address("some"))));
        upstream.fails("some", ".rpm", BadUpstream.closesSomewhere(20_261_127));
        mirror.must("sync", "--quiet");
        try (MirrorCommands.Served served = mirror.serve()) {
            served.hasAll("latest", "some", WebRepo.of(1, Pkg.of("a", 1, 200_000), Pkg.of("b", 1, 50_000)));
        }
    }

    @Test
    void what_one_mirror_lacks_comes_from_the_other_and_all_dead_ones_are_told() throws IOException {
        try (BadUpstream other = BadUpstream.open()) {
            for (BadUpstream server : List.of(upstream, other)) {
                server.has("two", WebRepo.of("two", 1));
            }
            upstream.fails("two", "two-1-1.x86_64.rpm", BadUpstream.status(404));
            other.fails("two", "common-1-1.x86_64.rpm", BadUpstream.garbage());
            add(List.of(section("two", "baseurl=" + upstream.address("two") + " " + other.address("two"))));
            mirror.must("sync", "--quiet");
        }
        upstream.close();
        try (MirrorCommands.Served served = mirror.serve()) {
            Outcome sync = mirror.fails("sync", "--quiet");
            assertThat(after(sync, ": two: ")).contains("nobody answers there");
            assertThat(mirror.must("list").out()).contains("behind    " + after(sync, ": two: "));
            served.hasAll("latest", "two", WebRepo.of("two", 1));
        }
        upstream = BadUpstream.open();
    }

    @Test
    void an_older_upstream_is_held_until_it_is_accepted() throws IOException {
        upstream.has("old", WebRepo.of("old", 2));
        add(List.of(section("old", "baseurl=" + upstream.address("old"))));
        mirror.must("sync", "--quiet");
        upstream.has("old", WebRepo.of("old", 1));
        assertThat(after(mirror.fails("sync", "--quiet"), ": old: ")).contains("--accept-older");
        try (MirrorCommands.Served served = mirror.serve()) {
            served.hasAll("latest", "old", WebRepo.of("old", 2));
            mirror.must("sync", "--quiet", "--accept-older");
            served.hasAll("latest", "old", WebRepo.of("old", 1));
        }
    }

    @Test
    void a_metalink_whose_hash_does_not_fit_is_refused() throws IOException {
        WebRepo state = WebRepo.of("linked", 1);
        upstream.has("linked", state);
        upstream.fails("linked", "metalink.xml", BadUpstream.body(metalink("0".repeat(64))));
        add(List.of(section("linked", "metalink=" + upstream.address("linked") + "metalink.xml")));
        assertThat(after(mirror.fails("sync", "--quiet"), ": linked: ")).contains("the metalink does not name");
        assertThat(snapshots("linked")).isEmpty();
        upstream.fails(
                "linked", "metalink.xml", BadUpstream.body(metalink(WebRepo.sha256(state.file(WebRepo.REPOMD)))));
        mirror.must("sync", "--quiet");
        assertThat(snapshots("linked")).hasSize(1);
    }

    @Test
    void every_bad_package_is_named_and_the_good_ones_are_not_fetched_again() throws IOException {
        List<Pkg> packages = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            packages.add(Pkg.of("p" + i, 1));
        }
        WebRepo state = WebRepo.of(1, packages.toArray(Pkg[]::new));
        upstream.has("many", state);
        upstream.fails("many", "p3-1-1.x86_64.rpm", BadUpstream.garbage());
        upstream.fails("many", "p5-1-1.x86_64.rpm", BadUpstream.loginPage());
        add(List.of(section("many", "baseurl=" + upstream.address("many"))));
        Outcome sync = mirror.fails("sync", "--quiet");
        assertThat(after(sync, ": many: ")).startsWith("2 files are not as upstream's metadata says");
        assertThat(sync.out())
                .contains("  Packages/p3-1-1.x86_64.rpm: ", "  Packages/p5-1-1.x86_64.rpm: ", "nothing is served yet");
        assertThat(snapshots("many")).isEmpty();
        upstream.behaves();
        for (int i : List.of(0, 1, 2, 4, 6, 7)) {
            upstream.fails("many", "p" + i + "-1-1.x86_64.rpm", BadUpstream.status(404));
        }
        mirror.must("sync", "--quiet");
        try (MirrorCommands.Served served = mirror.serve()) {
            served.hasAll("latest", "many", state);
        }
    }

    @Test
    void twins_with_other_bytes_in_another_place_are_published_both() throws IOException {
        WebRepo state =
                WebRepo.of(1, Pkg.of("twin", 1), Pkg.at("other/twin-1-1.x86_64.rpm", "twin", 1, "other bytes", 20_000));
        upstream.has("twins", state);
        add(List.of(section("twins", "baseurl=" + upstream.address("twins"))));
        mirror.must("sync", "--quiet");
        try (MirrorCommands.Served served = mirror.serve()) {
            served.hasAll("latest", "twins", state);
        }
    }

    private byte[] metalink(String sha256) {
        return """
            <?xml version="1.0" encoding="utf-8"?>
            <metalink version="3.0" xmlns="http://www.metalinker.org/" xmlns:mm0="http://fedorahosted.org/mirrormanager">
              <files><file name="repomd.xml">
                <mm0:timestamp>1</mm0:timestamp>
                <verification><hash type="sha256">%s</hash></verification>
                <resources maxconnections="1">
                  <url protocol="http" type="http" preference="100">%srepodata/repomd.xml</url>
                </resources>
              </file></files>
            </metalink>
            """.formatted(sha256, upstream.address("linked")).getBytes(StandardCharsets.UTF_8);
    }

    private void add(List<String> sections) throws IOException {
        Path file = Files.writeString(temp.resolve("upstream.repo"), String.join("\n", sections));
        mirror.must("add", file.toString());
    }

    private static String section(String id, String address) {
        return "[" + id + "]\nname=" + id + "\n" + address + "\ngpgcheck=0\nenabled=1\n";
    }

    /// The rest of the line that has these words; empty when none has.
    private static String after(Outcome outcome, String words) {
        return outcome.lines().stream()
                .filter(line -> line.contains(words))
                .map(line -> line.substring(line.indexOf(words) + words.length()))
                .findFirst()
                .orElse("");
    }

    private List<String> snapshots(String repo) throws IOException {
        Path manifests = disk.seen(mirror.folder().resolve("manifests").resolve(repo));
        if (!Files.isDirectory(manifests)) return List.of();
        try (Stream<Path> files = Files.list(manifests)) {
            return files.map(String::valueOf).toList();
        }
    }

    private static long bytesBelow(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            long bytes = 0;
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                bytes += Files.size(file);
            }
            return bytes;
        }
    }
}
