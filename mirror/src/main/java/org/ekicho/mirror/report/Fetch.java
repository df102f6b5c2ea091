package org.ekicho.mirror.report;

import java.util.Map;
import java.util.Optional;
import org.ekicho.mirror.settings.ChannelName;
import org.ekicho.mirror.settings.RepoId;
import org.ekicho.mirror.snapshot.SnapshotId;

/// What a path of the access log is of the mirror.
///
/// @param kind     what was asked for
/// @param repo     of which repository
/// @param channel  through which channel; empty: by the snapshot's own address
/// @param snapshot by whose own address; empty: through a channel
/// @param name     the file's name
record Fetch(Kind kind, RepoId repo, Optional<ChannelName> channel, Optional<SnapshotId> snapshot, String name) {
    enum Kind {
        /// repomd.xml.
        ROOT,
        /// The list that hands out a snapshot's address.
        LIST,
        PACKAGE,
        OTHER
    }

    /// Empty for what is of no repository.
    static Optional<Fetch> of(String path, Map<String, RepoId> aliases) {
        String[] parts = path.split("/", -1);
        String name = parts[parts.length - 1];
        if (parts.length == 4 && (parts[1].equals("mirrorlist") || parts[1].equals("metalink"))) {
            return channel(parts[2], parts[3], Kind.LIST, name);
        }
        if (parts.length >= 4 && parts[1].equals("snapshots")) {
            return RepoId.isValid(parts[2]) && SnapshotId.isValid(parts[3])
                    ? Optional.of(new Fetch(
                            kind(path),
                            new RepoId(parts[2]),
                            Optional.empty(),
                            Optional.of(new SnapshotId(parts[3])),
                            name))
                    : Optional.empty();
        }
        for (Map.Entry<String, RepoId> alias : aliases.entrySet()) {
            if (path.startsWith("/" + alias.getKey() + "/")) {
                return Optional.of(new Fetch(
                        kind(path), alias.getValue(), Optional.of(ChannelName.LATEST), Optional.empty(), name));
            }
        }
        return parts.length >= 4 ? channel(parts[1], parts[2], kind(path), name) : Optional.empty();
    }

    private static Optional<Fetch> channel(String channel, String repo, Kind kind, String name) {
        return ChannelName.isValid(channel) && RepoId.isValid(repo)
                ? Optional.of(new Fetch(
                        kind, new RepoId(repo), Optional.of(new ChannelName(channel)), Optional.empty(), name))
                : Optional.empty();
    }

    private static Kind kind(String path) {
        if (path.endsWith("/repodata/repomd.xml")) {
            return Kind.ROOT;
        }
        return path.endsWith(".rpm") ? Kind.PACKAGE : Kind.OTHER;
    }
}
