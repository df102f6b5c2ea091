package org.ekicho.web.files;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.ekicho.mirror.settings.RepoId;
import org.ekicho.mirror.snapshot.MirrorLayout;
import org.ekicho.mirror.snapshot.SnapshotId;

/// Which snapshot a channel's repository is.
///
/// @param repo whose
/// @param id   which
public record SnapshotPath(RepoId repo, SnapshotId id) {
    /// Length of a snapshot's id.
    private static final int ID_LENGTH = 25;

    /// What a path such as `/latest/base` leads to now: `snapshots/REPO/ID`, or `views/REPO/ID.N`, which is that
    /// snapshot with files of earlier ones beside it.
    ///
    /// @throws IOException when the system does not let us follow it
    public static Optional<SnapshotPath> of(ServedFolder folder, String path) throws IOException {
        return switch (folder.follow(path)) {
            case Found.Folder(Path real) -> ofReal(real);
            case Found.Unreadable(IOException why) -> throw why;
            case Found.File file -> Optional.empty();
            case Found.Missing missing -> Optional.empty();
        };
    }

    private static Optional<SnapshotPath> ofReal(Path real) {
        int names = real.getNameCount();
        if (names < 3) {
            return Optional.empty();
        }
        String kind = real.getName(names - 3).toString();
        String repo = real.getName(names - 2).toString();
        String name = real.getName(names - 1).toString();
        boolean view = kind.equals(MirrorLayout.VIEWS) && name.length() > ID_LENGTH && name.charAt(ID_LENGTH) == '.';
        String id = view ? name.substring(0, ID_LENGTH) : name;
        return (view || kind.equals(MirrorLayout.SNAPSHOTS)) && RepoId.isValid(repo) && SnapshotId.isValid(id)
                ? Optional.of(new SnapshotPath(new RepoId(repo), new SnapshotId(id)))
                : Optional.empty();
    }

    /// Where it is served, `/snapshots/REPO/ID/`.
    public String address() {
        return "/" + MirrorLayout.snapshot(repo, id) + "/";
    }
}
