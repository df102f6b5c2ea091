package org.ekicho.daemon.mirror.publish;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.ekicho.daemon.mirror.folder.MirrorFolder;
import org.ekicho.mirror.settings.ChannelName;
import org.ekicho.mirror.settings.RepoId;
import org.ekicho.mirror.snapshot.ChannelState;
import org.ekicho.mirror.snapshot.SnapshotId;
import org.ekicho.mirror.snapshot.SnapshotRef;

/// What a word on the command line means: `prod` (a channel), `base@prod` (one of its repositories), `base@ID` (a
/// snapshot), `base` (the newest of a repository, when no channel has that name).
public final class Target {
    private Target() {}

    /// The snapshots meant, by repository.
    ///
    /// @throws IOException when there is no such thing, with what there is
    public static Map<RepoId, SnapshotId> resolve(MirrorFolder folder, String word) throws IOException {
        int at = word.indexOf('@');
        if (at >= 0) {
            Optional<SnapshotRef> ref = SnapshotRef.parse(word);
            if (ref.isPresent()) {
                return Map.of(ref.get().repo(), ref.get().id());
            }
            String repo = word.substring(0, at);
            SnapshotId id = RepoId.isValid(repo)
                    ? channel(folder, word.substring(at + 1))
                            .map(ChannelState::snapshots)
                            .orElse(Map.of())
                            .get(new RepoId(repo))
                    : null;
            if (id == null) {
                throw new IOException("\"" + word + "\" is no snapshot, and no repository of a channel; "
                        + "\"ekicho mirror snapshots\" lists them");
            }
            return Map.of(new RepoId(repo), id);
        }
        Optional<ChannelState> channel = channel(folder, word);
        if (channel.isPresent()) {
            return new TreeMap<>(channel.get().snapshots());
        }
        if (RepoId.isValid(word) && !folder.snapshots().list(new RepoId(word)).isEmpty()) {
            RepoId repo = new RepoId(word);
            return Map.of(repo, folder.snapshots().list(repo).getLast());
        }
        throw new IOException("\"" + word + "\" is no channel and no repository with a snapshot; channels are "
                + folder.channels().names() + ", repositories "
                + folder.snapshots().repos());
    }

    private static Optional<ChannelState> channel(MirrorFolder folder, String name) throws IOException {
        return ChannelName.isValid(name) ? folder.channels().current(new ChannelName(name)) : Optional.empty();
    }
}
