package org.ekicho.daemon.mirror.bundle;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.ekicho.daemon.mirror.folder.MirrorFolder;
import org.ekicho.mirror.bundle.BundleKey;
import org.ekicho.mirror.bundle.BundleSecret;
import org.ekicho.mirror.bundle.Sha256;
import org.ekicho.mirror.settings.ChannelName;
import org.ekicho.mirror.settings.RepoId;
import org.ekicho.mirror.snapshot.MirrorLayout;
import org.ekicho.mirror.snapshot.Snapshot;
import org.ekicho.mirror.snapshot.SnapshotFile;

/// A site with a mirror's folder and a bundle key. Its days count from 1: a snapshot a day.
final class Site {
    static final RepoId REPO = new RepoId("own");
    static final long VOLUME_BYTES = 4_096;
    private static final Instant START = Instant.parse("2026-11-27T10:00:00Z");

    private final String name;
    private final Path root;
    private MirrorFolder folder;
    private BundleDesk desk;

    private Site(String name, Path root, MirrorFolder folder) {
        this.name = name;
        this.root = root;
        this.folder = folder;
        this.desk = new BundleDesk(folder);
    }

    static Site open(String name, Path root) throws IOException {
        Site site = new Site(name, root, MirrorFolder.open(root));
        if (site.desk.secret().isEmpty()) {
            site.desk.makeKey(name);
        }
        return site;
    }

    /// As a new process would open it.
    void reopen() throws IOException {
        folder = MirrorFolder.open(root);
        desk = new BundleDesk(folder);
    }

    static Instant day(int day) {
        return START.plusSeconds(86_400L * day);
    }

    MirrorFolder folder() {
        return folder;
    }

    BundleDesk desk() {
        return desk;
    }

    BundleSecret secret() throws IOException {
        return desk.secret().orElseThrow();
    }

    void trusts(Site other) throws IOException {
        desk.trust(new BundleKey.Named(other.name, other.secret().key()));
    }

    /// A snapshot of packages with these contents, to which `latest` points.
    Snapshot publish(int day, Map<String, String> packages) throws IOException {
        Map<String, String> all = new TreeMap<>(packages);
        all.put("repodata/primary.xml", "primary of day " + day + ": " + packages.keySet());
        all.put(MirrorLayout.REPOMD, "repomd of day " + day);
        List<SnapshotFile> files = all.entrySet().stream()
                .map(each -> put(each.getKey(), each.getValue().getBytes(UTF_8)))
                .sorted(Comparator.comparing(SnapshotFile::path))
                .toList();
        Snapshot snapshot = folder.snapshots().publish(REPO, "" + day, "a test", files, day(day));
        folder.channels().point(ChannelName.LATEST, Map.of(REPO, snapshot.id()), day(day), "sync");
        return snapshot;
    }

    private SnapshotFile put(String path, byte[] content) {
        try {
            Path beside = folder.stage(REPO).resolve("part");
            Files.write(beside, content);
            folder.store().take(beside, Sha256.hex(content));
            SnapshotFile.Kind kind =
                    path.startsWith("repodata") ? SnapshotFile.Kind.METADATA : SnapshotFile.Kind.PACKAGE;
            return new SnapshotFile(path, Sha256.hex(content), content.length, 1_767_225_600, kind);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// @return the bundle's folder
    Path export(Path to, Since since, int day) throws IOException {
        ExportOrder order = order(to, since);
        return new BundleExport(desk).run(order, secret(), day(day), text -> {}).folder();
    }

    static ExportOrder order(Path to, Since since) {
        return new ExportOrder(List.of(), Optional.empty(), since, "island", to, VOLUME_BYTES);
    }

    ImportReport take(Path... folders) throws IOException, BundleRefusedException {
        return new BundleImport(desk)
                .run(new ImportOrder(List.of(folders), new ImportOrder.Pointing.Latest()), day(100), text -> {});
    }
}
