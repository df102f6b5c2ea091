package org.ekicho.daemon.mirror.publish;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.ekicho.daemon.mirror.folder.MirrorFolder;
import org.ekicho.daemon.mirror.index.RepomdSigner;
import org.ekicho.host.files.BoundedRead;
import org.ekicho.mirror.repodata.RepomdReader;
import org.ekicho.mirror.settings.ChannelName;
import org.ekicho.mirror.settings.ClientGeneration;
import org.ekicho.mirror.settings.RepoId;
import org.ekicho.mirror.snapshot.ChannelState;
import org.ekicho.mirror.snapshot.MirrorLayout;
import org.ekicho.mirror.snapshot.Snapshot;
import org.ekicho.mirror.snapshot.SnapshotDiff;
import org.ekicho.mirror.snapshot.SnapshotFile;
import org.ekicho.mirror.snapshot.SnapshotId;
import org.ekicho.mirror.snapshot.SnapshotRef;
import org.ekicho.mirror.snapshot.Timestamps;
import org.ekicho.mirror.snapshot.WayBack;

/// Plans what a channel will point to, and says what that means for clients. The plan is the dry run.
public final class Publishing {
    /// Snapshots of a channel that are looked at for newer timestamps: what a client saw before those, it has replaced.
    private static final int MAX_SHOWN = 10;

    private final MirrorFolder folder;

    public Publishing(MirrorFolder folder) {
        this.folder = folder;
    }

    /// What changes when the channel's repositories are pointed to these snapshots; those that stay are left out.
    ///
    /// @throws IOException also when one of the snapshots is not there
    public List<Move> plan(ChannelName channel, Map<RepoId, SnapshotId> wanted) throws IOException {
        Map<RepoId, SnapshotId> now =
                folder.channels().current(channel).map(ChannelState::snapshots).orElse(Map.of());
        List<Move> moves = new ArrayList<>();
        for (Map.Entry<RepoId, SnapshotId> each : new TreeMap<>(wanted).entrySet()) {
            SnapshotRef to = new SnapshotRef(each.getKey(), each.getValue());
            Snapshot after = snapshot(to);
            Optional<SnapshotRef> from =
                    Optional.ofNullable(now.get(each.getKey())).map(id -> new SnapshotRef(each.getKey(), id));
            if (from.isPresent() && from.get().equals(to)) {
                continue;
            }
            Optional<Snapshot> before = from.isPresent()
                    ? folder.snapshots().read(from.get().repo(), from.get().id())
                    : Optional.empty();
            moves.add(new Move(
                    from,
                    to,
                    before.map(known -> SnapshotDiff.between(known, after, Set.of(), Set.of())),
                    folder.channels().conflicts(channel, to.repo(), to.id(), Instant.now()),
                    age(channel, after)));
        }
        return moves;
    }

    /// A snapshot that must be there.
    public Snapshot snapshot(SnapshotRef ref) throws IOException {
        return folder.snapshots()
                .read(ref.repo(), ref.id())
                .orElseThrow(() -> new IOException(
                        "there is no snapshot " + ref + "; \"ekicho mirror snapshots " + ref.repo() + "\" lists them"));
    }

    /// What a channel pointed to before: the state of this number, or the next one back ([WayBack]).
    ///
    /// @throws IOException also when a snapshot of it is gone
    public ChannelState former(ChannelName channel, Optional<Integer> number) throws IOException {
        List<ChannelState> history = folder.channels().history(channel);
        if (history.isEmpty()) {
            throw new IOException("there is no channel " + channel + "; \"ekicho mirror publish\" makes one");
        }
        ChannelState former = number.isEmpty()
                ? WayBack.next(history)
                        .orElseThrow(() -> new IOException("the channel " + channel
                                + " was in no other state before; there is nothing to go back to"))
                : numbered(channel, history, number.get());
        for (Map.Entry<RepoId, SnapshotId> each : former.sorted().entrySet()) {
            if (!folder.snapshots().list(each.getKey()).contains(each.getValue())) {
                throw new IOException("the channel " + channel + " cannot go back to state " + former.number()
                        + ": its snapshot " + new SnapshotRef(each.getKey(), each.getValue())
                        + " was removed; \"ekicho mirror snapshots " + each.getKey()
                        + "\" lists those that are left, and \"ekicho mirror publish " + each.getKey() + " --to "
                        + channel + " --snapshot ID\" points to one");
            }
        }
        return former;
    }

    private static ChannelState numbered(ChannelName channel, List<ChannelState> history, int number)
            throws IOException {
        return history.stream()
                .filter(state -> state.number() == number)
                .findFirst()
                .orElseThrow(() -> new IOException("the channel " + channel + " has no state " + number
                        + "; there are " + history.getFirst().number() + " to "
                        + history.getLast().number()));
    }

    /// Whether clients of a repository may be yum 3, which goes by timestamps: its oldest clients are, or nobody said.
    public boolean mayServeYum3(RepoId repo) {
        return folder.settings()
                .repo(repo)
                .map(known -> known.generation().compareTo(ClientGeneration.EL7) <= 0)
                .orElse(true);
    }

    /// How yum 3 takes a snapshot in a channel: it has the newest repomd.xml that it ever saw there.
    public Move.Age age(ChannelName channel, Snapshot after) throws IOException {
        List<ChannelState> history = folder.channels().history(channel);
        Set<SnapshotId> shown = new LinkedHashSet<>();
        for (ChannelState state : history.reversed()) {
            SnapshotId id = state.snapshots().get(after.repo());
            if (id != null && shown.size() < MAX_SHOWN) {
                shown.add(id);
            }
        }
        long own = Timestamps.newest(repomd(after));
        for (SnapshotId id : shown) {
            Optional<Snapshot> before = folder.snapshots().read(after.repo(), id);
            if (before.isPresent() && Timestamps.newest(repomd(before.get())) > own) {
                return Move.Age.OLDER;
            }
        }
        return Move.Age.NEWER;
    }

    /// The text of a snapshot's repomd.xml.
    String repomd(Snapshot snapshot) throws IOException {
        Optional<SnapshotFile> file = snapshot.files().stream()
                .filter(each -> each.path().equals(MirrorLayout.REPOMD))
                .findFirst();
        if (file.isEmpty()) {
            return "";
        }
        byte[] bytes = BoundedRead.bytes(folder.store().path(file.get().sha256()), RepomdReader.MAX_BYTES);
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    /// Makes a copy of an old snapshot whose repomd.xml is newer than the one that it replaces, so that yum 3 follows.
    /// The old signature of repomd.xml would be wrong: it is made anew with the key, or left out without one.
    public Snapshot freshCopy(Snapshot old, Optional<RepomdSigner> signer, Instant now) throws IOException {
        return new FreshCopy(folder, this).make(old, signer, now);
    }

    /// Whether repomd.xml has a signature beside it, which clients with `repo_gpgcheck=1` ask for.
    public static boolean isSigned(Snapshot snapshot) {
        return snapshot.files().stream().anyMatch(file -> file.path().equals(FreshCopy.SIGNATURE));
    }
}
