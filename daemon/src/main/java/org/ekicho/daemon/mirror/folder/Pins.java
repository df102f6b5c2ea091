package org.ekicho.daemon.mirror.folder;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.ekicho.host.files.BoundedRead;
import org.ekicho.host.files.DurableFile;
import org.ekicho.mirror.settings.RepoId;
import org.ekicho.mirror.snapshot.MirrorLayout;
import org.ekicho.mirror.snapshot.SnapshotId;
import org.ekicho.mirror.snapshot.SnapshotRef;

/// Snapshots that an admin wants to keep for ever, each with the reason.
public final class Pins {
    private static final String SUFFIX = ".pin";
    /// A sentence, in bytes.
    private static final int LONGEST = 2_000;

    private final Path root;

    Pins(Path root) {
        this.root = root;
    }

    public Map<SnapshotRef, String> all() throws IOException {
        Map<SnapshotRef, String> pins = new TreeMap<>();
        Path manifests = root.resolve(MirrorLayout.MANIFESTS);
        for (String repo : Trees.names(manifests)) {
            for (String name : Trees.names(manifests.resolve(repo))) {
                String id = name.endsWith(SUFFIX) ? name.substring(0, name.length() - SUFFIX.length()) : "";
                if (RepoId.isValid(repo) && SnapshotId.isValid(id)) {
                    String why = BoundedRead.text(manifests.resolve(repo).resolve(name), LONGEST);
                    pins.put(new SnapshotRef(new RepoId(repo), new SnapshotId(id)), why.strip());
                }
            }
        }
        return pins;
    }

    public void pin(SnapshotRef snapshot, String why) throws IOException {
        if (!Files.exists(root.resolve(MirrorLayout.manifest(snapshot.repo(), snapshot.id())))) {
            throw new IOException("there is no snapshot " + snapshot + "; \"ekicho mirror snapshots\" lists them");
        }
        byte[] text = (why + "\n").getBytes(StandardCharsets.UTF_8);
        if (text.length > LONGEST) {
            throw new IOException("the reason is longer than " + LONGEST + " bytes");
        }
        new DurableFile(root.resolve(MirrorLayout.pin(snapshot.repo(), snapshot.id()))).write(text);
    }

    public void unpin(SnapshotRef snapshot) throws IOException {
        Files.deleteIfExists(root.resolve(MirrorLayout.pin(snapshot.repo(), snapshot.id())));
    }
}
