package org.ekicho.lab.torture;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.ekicho.mirror.settings.RepoId;
import org.ekicho.mirror.snapshot.ChannelCodec;
import org.ekicho.mirror.snapshot.ChannelState;
import org.ekicho.mirror.snapshot.MirrorLayout;
import org.ekicho.mirror.snapshot.Snapshot;
import org.ekicho.mirror.snapshot.SnapshotCodec;
import org.ekicho.mirror.snapshot.SnapshotFile;
import org.ekicho.mirror.snapshot.SnapshotId;

/// Reads every byte of a mirror's folder when nobody works in it, and says what is not as its manifests say.
final class FolderAudit {
    private final Path root;
    private final List<String> faults = new ArrayList<>();
    private final Set<String> used = new HashSet<>();

    private FolderAudit(Path root) {
        this.root = root;
    }

    /// What is wrong; empty when all is well. A collection has run just before.
    static List<String> faults(Path root) throws IOException {
        FolderAudit audit = new FolderAudit(root);
        audit.snapshots();
        audit.channels();
        audit.store();
        audit.leftovers();
        return audit.faults;
    }

    private void snapshots() throws IOException {
        for (String repo : names(root.resolve(MirrorLayout.MANIFESTS))) {
            for (String name : names(root.resolve(MirrorLayout.MANIFESTS).resolve(repo))) {
                if (!name.endsWith(".snapshot")) {
                    faults.add("a stray file among the manifests of " + repo + ": " + name);
                    continue;
                }
                SnapshotId id = new SnapshotId(name.substring(0, name.length() - ".snapshot".length()));
                Snapshot snapshot = manifest(new RepoId(repo), id);
                tree(root.resolve(MirrorLayout.snapshot(snapshot.repo(), id)), snapshot);
                snapshot.files().forEach(file -> used.add(file.sha256()));
            }
        }
        for (String repo : names(root.resolve(MirrorLayout.SNAPSHOTS))) {
            for (String id : names(root.resolve(MirrorLayout.SNAPSHOTS).resolve(repo))) {
                if (!Files.exists(root.resolve(MirrorLayout.manifest(new RepoId(repo), new SnapshotId(id))))) {
                    faults.add("a tree without a manifest: " + repo + "/" + id);
                }
            }
        }
    }

    private Snapshot manifest(RepoId repo, SnapshotId id) throws IOException {
        Path file = root.resolve(MirrorLayout.manifest(repo, id));
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            return SnapshotCodec.parse(in);
        }
    }

    private void tree(Path tree, Snapshot snapshot) throws IOException {
        for (SnapshotFile file : snapshot.files()) {
            Path path = tree.resolve(file.path());
            if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
                faults.add("missing: " + path);
            } else if (!sha256(path).equals(file.sha256())) {
                faults.add("other bytes: " + path);
            }
        }
    }

    private void channels() throws IOException {
        for (String name : names(root.resolve(MirrorLayout.WWW))) {
            Path pointer = root.resolve(MirrorLayout.WWW).resolve(name);
            if (name.startsWith(".")) {
                faults.add("a stray file: " + pointer);
            } else if (Files.isSymbolicLink(pointer)
                    && Files.readSymbolicLink(pointer).toString().contains("channels/")) {
                channel(pointer);
            }
        }
    }

    private void channel(Path pointer) throws IOException {
        Path folder = pointer.toRealPath();
        ChannelState state;
        try (InputStream in = Files.newInputStream(folder.resolveSibling(folder.getFileName() + ".state"))) {
            state = ChannelCodec.parse(in);
        }
        for (Map.Entry<RepoId, SnapshotId> each : state.snapshots().entrySet()) {
            tree(folder.resolve(each.getKey().text()), manifest(each.getKey(), each.getValue()));
        }
        if (names(folder).size() != state.snapshots().size()) {
            faults.add("the folder of a channel has other repositories than its state: " + folder);
        }
    }

    private void store() throws IOException {
        for (String part : names(root.resolve(MirrorLayout.STORE))) {
            Path folder = root.resolve(MirrorLayout.STORE).resolve(part);
            if (!Files.isDirectory(folder)) {
                continue;
            }
            for (String name : names(folder)) {
                if (!sha256(folder.resolve(name)).equals(name)) {
                    faults.add("not what it is called: " + folder.resolve(name));
                }
                if (!used.contains(name)) {
                    faults.add("of no use, but still there: " + folder.resolve(name));
                }
            }
        }
        for (String sha256 : used) {
            if (!Files.exists(root.resolve(MirrorLayout.object(sha256)))) {
                faults.add("not in the store: " + sha256);
            }
        }
    }

    private void leftovers() throws IOException {
        for (String name : names(root.resolve(MirrorLayout.STAGE))) {
            if (name.startsWith(".")) {
                faults.add("left over in the stage: " + name);
            }
        }
    }

    private static List<String> names(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static String sha256(Path file) throws IOException {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
