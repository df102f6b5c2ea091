package org.ekicho.daemon.mirror.sync;

import java.io.IOException;
import java.util.Map;
import org.ekicho.mirror.MirrorReason;
import org.ekicho.mirror.metadata.PrimaryReader;
import org.ekicho.mirror.repodata.Repomd;
import org.ekicho.mirror.settings.Selection;
import org.ekicho.mirror.sync.Selected;

/// Decides which packages are wanted.
record Selecting(RecordStage records, Map<String, String> metadata) {
    Selected select(Selection selection, Repomd repomd, PrimaryReader.Primary primary) throws IOException, SyncFailure {
        if (selection.isAll()) {
            return Selected.all(primary.packages().size());
        }
        throw new SyncFailure(MirrorReason.MALFORMED, "a selection cannot be made yet " + repomd.revision());
    }
}
