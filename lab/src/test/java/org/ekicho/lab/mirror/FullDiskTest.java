package org.ekicho.lab.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.ekicho.lab.lan.Outcome;
import org.ekicho.lab.mirror.WebRepo.Pkg;
import org.ekicho.lab.peer.PeerTest;
import org.ekicho.mirror.rpmbuild.RpmBuilder;
import org.ekicho.mirror.rpmbuild.RpmEntry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A disk that fills up, in bytes or in names, at any step: one sentence, nothing half-published, and when there is
/// room again the same command succeeds.
@PeerTest(programs = {"unshare", "nsenter"})
class FullDiskTest {
    private static final String NO_ROOM = "there is not enough room on the disk";
    /// What a mirror keeps free, and some for what the tests put there.
    private static final String BYTES = "size=100m";

    @TempDir
    private Path temp;

    private BadUpstream upstream;
    private SmallDisk disk;
    private MirrorCommands mirror;

    FullDiskTest() {}

    @BeforeEach
    void open() throws IOException {
        upstream = BadUpstream.open();
        disk = SmallDisk.at(temp.resolve("disk"), BYTES + ",nr_inodes=3000");
        mirror = MirrorCommands.of(temp.resolve("disk/mirror")).behind(disk.way());
        upstream.has("own", WebRepo.of("own", 1));
        Path file = Files.writeString(
                temp.resolve("own.repo"),
                "[own]\nname=own\nbaseurl=" + upstream.address("own") + "\ngpgcheck=0\nenabled=1\n");
        mirror.must("add", file.toString());
    }

    @AfterEach
    void close() {
        upstream.close();
        disk.close();
    }

    @Test
    void during_a_download() {
        mirror.must("sync", "--quiet");
        WebRepo second = WebRepo.of(2, Pkg.of("large", 2, 6_000_000), Pkg.of("small", 2));
        upstream.has("own", second);
        upstream.fails("own", "large-2-1.x86_64.rpm", (exchange, content) -> {
            disk.fillBut(1_000_000);
            exchange.sendResponseHeaders(200, content.length);
            exchange.getResponseBody().write(content);
        });
        refusesAndRecovers(second);
    }

    @Test
    void before_a_download_that_would_not_fit() {
        mirror.must("sync", "--quiet");
        WebRepo second = WebRepo.of(2, Pkg.of("large", 2, 6_000_000));
        upstream.has("own", second);
        disk.fillBut(66L << 20);
        refusesAndRecovers(second);
    }

    @Test
    void while_publishing() {
        mirror.must("sync", "--quiet");
        List<Pkg> packages = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            packages.add(Pkg.of("p" + i, 2, 100));
        }
        WebRepo second = WebRepo.of(2, packages.toArray(Pkg[]::new));
        upstream.has("own", second);
        // A run looks at repomd.xml a second time when all packages are there and the tree is to be made.
        AtomicInteger looks = new AtomicInteger();
        upstream.fails("own", "repomd.xml", (exchange, content) -> {
            if (looks.incrementAndGet() == 2) {
                disk.nameBut(20);
            }
            exchange.sendResponseHeaders(200, content.length);
            exchange.getResponseBody().write(content);
        });
        refusesAndRecovers(second);
    }

    private void refusesAndRecovers(WebRepo second) {
        try (MirrorCommands.Served served = mirror.serve()) {
            Outcome sync = mirror.fails("sync", "--quiet");
            assertThat(sync.out()).contains("own: " + NO_ROOM).contains("is served as before");
            assertThat(mirror.must("list").out()).contains("behind    " + NO_ROOM, "(1 kept)");
            served.hasAll("latest", "own", WebRepo.of("own", 1));
            disk.clear();
            upstream.behaves();
            mirror.must("sync", "--quiet");
            served.hasAll("latest", "own", second);
        }
    }

    @Test
    void during_an_import_and_an_export() throws IOException {
        MirrorCommands north = MirrorCommands.of(temp.resolve("north"));
        north.must("add", temp.resolve("own.repo").toString());
        List<Pkg> packages = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            packages.add(Pkg.of("p" + i, 1, 30_000));
        }
        WebRepo state = WebRepo.of(1, packages.toArray(Pkg[]::new));
        upstream.has("own", state);
        north.must("sync", "--quiet");
        Path key = temp.resolve("north.key");
        north.must("export", "--make-key", "--key-to", key.toString());
        Path onDisk = temp.resolve("disk/stick");
        Files.createDirectories(disk.seen().resolve("stick"));
        MirrorCommands writing = north.behind(disk.way());
        disk.fillBut(1_000_000);
        Outcome full = writing.fails("export", "--to", onDisk.toString());
        assertThat(full.out()).contains(NO_ROOM, "the bundle takes");
        assertThat(names(disk.seen().resolve("stick"))).as("nothing begun").isEmpty();
        disk.clear();
        disk.nameBut(2);
        assertThat(writing.fails("export", "--to", onDisk.toString()).out())
                .contains(NO_ROOM, "export the same again: it goes on where it was");
        disk.clear();
        writing.must("export", "--to", onDisk.toString());

        mirror.must("import", "--trust", key.toString());
        disk.nameBut(30);
        Outcome refused = mirror.fails("import", onDisk.toString());
        assertThat(refused.out()).contains(NO_ROOM, "what is served stays as it was");
        assertThat(mirror.must("list").out()).contains("snapshot  none");
        disk.clear();
        disk.fillBut(64L << 20);
        assertThat(mirror.fails("import", onDisk.toString()).out()).contains(NO_ROOM, "MiB are wanted");
        disk.clear();
        mirror.must("import", onDisk.toString());
        try (MirrorCommands.Served served = mirror.serve()) {
            served.hasAll("latest", "own", state);
        }
    }

    @Test
    void during_an_index() throws IOException {
        Path packages = Files.createDirectories(temp.resolve("packages"));
        Path outside = Files.createDirectories(disk.seen().resolve("out"));
        String out = temp.resolve("disk/out").toString();
        rpms(packages, 0, 5);
        mirror.bare("index", "--outputdir", out, packages.toString());
        byte[] before = Files.readAllBytes(outside.resolve(WebRepo.REPOMD));
        List<String> files = names(outside.resolve("repodata"));
        rpms(packages, 5, 60);
        disk.fillBut(8_000);
        Outcome refused = MirrorCommands.failed(mirror.bare("index", "--outputdir", out, packages.toString()));
        assertThat(refused.out()).contains(NO_ROOM, "the metadata that was there stays");
        assertThat(Files.readAllBytes(outside.resolve(WebRepo.REPOMD))).isEqualTo(before);
        assertThat(names(outside.resolve("repodata"))).containsAll(files);
        disk.clear();
        assertThat(mirror.bare("index", "--outputdir", out, packages.toString()).exit())
                .isZero();
        assertThat(Files.readAllBytes(outside.resolve(WebRepo.REPOMD))).isNotEqualTo(before);
    }

    private static void rpms(Path folder, int from, int to) throws IOException {
        for (int i = from; i < to; i++) {
            RpmBuilder rpm = RpmBuilder.of("pkg" + i, "1", "1");
            for (int file = 0; file < 40; file++) {
                rpm.add(RpmEntry.file("/opt/" + WebRepo.sha256(new byte[] {(byte) i, (byte) file}), "x"));
            }
            Files.write(folder.resolve(rpm.fileName()), rpm.build());
        }
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
