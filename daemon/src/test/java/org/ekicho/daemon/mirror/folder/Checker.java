package org.ekicho.daemon.mirror.folder;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.ekicho.mirror.settings.RepoId;
import org.ekicho.mirror.snapshot.ChannelCodec;
import org.ekicho.mirror.snapshot.ChannelState;
import org.ekicho.mirror.snapshot.MirrorLayout;
import org.ekicho.mirror.snapshot.Snapshot;
import org.ekicho.mirror.snapshot.SnapshotCodec;
import org.ekicho.mirror.snapshot.SnapshotFile;
import org.ekicho.mirror.snapshot.SnapshotId;

/// Looks at a mirror's folder as a web server and a suspicious admin would, without the code that wrote it.
///
/// @param root the folder
record Checker(Path root) {
    /// What holds at every moment, also right after a kill: each channel and each snapshot is whole.
    void everythingServedIsWhole() throws IOException {
        for (String name : Trees.names(root.resolve("www"))) {
            Path pointer = root.resolve("www").resolve(name);
            if (Files.isSymbolicLink(pointer)
                    && Files.readSymbolicLink(pointer).toString().contains("channels/")
                    && !name.startsWith(".")) {
                channelIsWhole(pointer);
            }
        }
        for (String repo : Trees.names(root.resolve(MirrorLayout.MANIFESTS))) {
            for (String name : Trees.names(root.resolve(MirrorLayout.MANIFESTS).resolve(repo))) {
                if (name.endsWith(".snapshot") && !name.startsWith(".")) {
                    SnapshotId id = new SnapshotId(name.substring(0, name.length() - ".snapshot".length()));
                    RepoId of = new RepoId(repo);
                    treeIsWhole(root.resolve(MirrorLayout.snapshot(of, id)), manifest(of, id));
                }
            }
        }
    }

    /// What holds when nobody works in it and it was opened after the last kill.
    void nothingIsLeftOver() throws IOException {
        assertThat(Trees.names(root.resolve(MirrorLayout.STAGE))).noneMatch(name -> name.startsWith("."));
        assertThat(Trees.names(root.resolve("www"))).noneMatch(name -> name.startsWith("."));
        assertThat(ByteBuffer.wrap(Files.readAllBytes(root.resolve(MirrorLayout.GENERATION)))
                        .getLong())
                .isEven();
        for (String repo : Trees.names(root.resolve(MirrorLayout.SNAPSHOTS))) {
            List<String> manifests =
                    Trees.names(root.resolve(MirrorLayout.MANIFESTS).resolve(repo));
            for (String id : Trees.names(root.resolve(MirrorLayout.SNAPSHOTS).resolve(repo))) {
                assertThat(manifests).contains(id + ".snapshot");
            }
        }
        for (String part : Trees.names(root.resolve(MirrorLayout.STORE))) {
            Path folder = root.resolve(MirrorLayout.STORE).resolve(part);
            for (String name : Files.isDirectory(folder) ? Trees.names(folder) : List.<String>of()) {
                assertThat(Contents.sha256(Files.readAllBytes(folder.resolve(name))))
                        .isEqualTo(name);
            }
        }
    }

    private void channelIsWhole(Path pointer) throws IOException {
        Path folder = pointer.toRealPath();
        ChannelState state;
        try (InputStream in = Files.newInputStream(folder.resolveSibling(folder.getFileName() + ".state"))) {
            state = ChannelCodec.parse(in);
        }
        assertThat(Trees.names(folder))
                .containsExactlyElementsOf(
                        state.sorted().keySet().stream().map(RepoId::text).toList());
        for (Map.Entry<RepoId, SnapshotId> each : state.snapshots().entrySet()) {
            treeIsWhole(folder.resolve(each.getKey().text()), manifest(each.getKey(), each.getValue()));
        }
    }

    private Snapshot manifest(RepoId repo, SnapshotId id) throws IOException {
        try (InputStream in = Files.newInputStream(root.resolve(MirrorLayout.manifest(repo, id)))) {
            return SnapshotCodec.parse(in);
        }
    }

    private static void treeIsWhole(Path tree, Snapshot snapshot) throws IOException {
        for (SnapshotFile file : snapshot.files()) {
            Path path = tree.resolve(file.path());
            assertThat(Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS))
                    .as("%s", path)
                    .isTrue();
            assertThat(Contents.sha256(Files.readAllBytes(path))).as("%s", path).isEqualTo(file.sha256());
        }
    }
}
