package org.ekicho.daemon.mirror.bundle;

import java.util.List;
import org.ekicho.mirror.bundle.BundleManifest;
import org.ekicho.mirror.bundle.ExportRecord;
import org.ekicho.mirror.bundle.SnapshotName;

/// What an export will write: the dry run is this.
///
/// @param draft    the manifest without checksums of volumes, which are not written yet
/// @param exported what the receiver has afterwards
/// @param unknown  snapshots of a receipt that this site no longer has: their objects are sent again
/// @param news     whether the receiver learns anything
public record ExportPlan(BundleManifest draft, ExportRecord exported, List<SnapshotName> unknown, News news) {
    /// Whether the receiver learns anything: a snapshot, or where a channel points.
    public enum News {
        SOMETHING,
        NOTHING
    }

    public ExportPlan {
        unknown = List.copyOf(unknown);
    }

    /// Objects that are carried.
    public int objects() {
        return draft.carriedObjects().size();
    }

    /// Objects that the receiver is taken to have.
    public int objectsLeftOut() {
        return draft.neededObjects().size() - objects();
    }
}
