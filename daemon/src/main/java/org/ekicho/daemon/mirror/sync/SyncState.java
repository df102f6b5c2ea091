package org.ekicho.daemon.mirror.sync;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.ekicho.host.files.DurableFile;
import org.ekicho.mirror.snapshot.SnapshotId;
import org.ekicho.mirror.sync.Seen;

/// What the last good run left: how to know that there is nothing to do, and the youngest state that was seen. It lies
/// in
/// `cache/REPO/state`; without it a run takes longer, and an old upstream is known by the snapshot alone.
///
/// @param upstream what it had then
/// @param demands  what was asked of packages then: selection, checks, keys
/// @param snapshot what was published
record SyncState(Upstream upstream, String demands, Optional<SnapshotId> snapshot, Seen seen) {
    static final SyncState NONE = new SyncState(new Upstream("", "", ""), "", Optional.empty(), Seen.NOTHING);

    /// SHA-256 of what upstream had; each is empty when it had none.
    ///
    /// @param repomd    of repomd.xml
    /// @param signature of repomd.xml.asc
    /// @param tree      of the install tree's description
    record Upstream(String repomd, String signature, String tree) {}

    static SyncState read(Path cache) throws IOException {
        Path file = file(cache);
        if (!Files.exists(file)) {
            return NONE;
        }
        Map<String, String> values = new HashMap<>();
        for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
            int equals = line.indexOf('=');
            if (equals > 0) {
                values.put(line.substring(0, equals), line.substring(equals + 1));
            }
        }
        String snapshot = values.getOrDefault("snapshot", "");
        OptionalLong revision = number(values.getOrDefault("revision", ""));
        return new SyncState(
                new Upstream(
                        values.getOrDefault("repomd", ""),
                        values.getOrDefault("signature", ""),
                        values.getOrDefault("tree", "")),
                values.getOrDefault("demands", ""),
                SnapshotId.isValid(snapshot) ? Optional.of(new SnapshotId(snapshot)) : Optional.empty(),
                new Seen(revision, number(values.getOrDefault("timestamp", "")).orElse(0)));
    }

    void write(Path cache) throws IOException {
        String revision =
                seen.revision().isPresent() ? Long.toString(seen.revision().getAsLong()) : "";
        String text = "repomd=" + upstream.repomd() + "\nsignature=" + upstream.signature() + "\ntree="
                + upstream.tree() + "\ndemands=" + demands + "\nsnapshot="
                + snapshot.map(SnapshotId::text).orElse("") + "\nrevision=" + revision + "\ntimestamp="
                + seen.timestamp() + "\n";
        new DurableFile(file(cache)).write(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Path file(Path cache) {
        return cache.resolve("state");
    }

    private static OptionalLong number(String text) {
        return text.matches("[0-9]{1,18}") ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
    }
}
