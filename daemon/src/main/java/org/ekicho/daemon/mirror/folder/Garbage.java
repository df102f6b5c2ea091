package org.ekicho.daemon.mirror.folder;

import java.util.List;
import org.ekicho.mirror.snapshot.Retention;

/// What a collection frees, or would free.
///
/// @param retention which snapshots go, and why the others stay
/// @param views     folders below `views` that no channel shows
/// @param stages    repositories whose unfinished downloads are older than [Collector#STAGE_AGE]
/// @param contents  contents of the store that no snapshot that stays has
/// @param bytes     their bytes
public record Garbage(Retention retention, List<String> views, List<String> stages, long contents, long bytes) {
    public Garbage {
        views = List.copyOf(views);
        stages = List.copyOf(stages);
    }

    /// Whether nothing goes.
    public boolean isEmpty() {
        return retention.going().isEmpty()
                && retention.states().isEmpty()
                && views.isEmpty()
                && stages.isEmpty()
                && contents == 0;
    }
}
