package org.ekicho.mirror.sync;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ekicho.mirror.repodata.Repomd;
import org.ekicho.mirror.repodata.RepomdRecord;
import org.ekicho.mirror.settings.Selection;

/// The first half of a sync: decides which metadata files are needed. The packages can be planned when they are there.
public final class RecordPlanner {
    private RecordPlanner() {}

    /// @param known what need not be fetched again
    /// @return one step for each record, in order
    public static List<RecordStep> plan(Repomd repomd, Selection selection, KnownContents known) {
        List<RecordStep> steps = new ArrayList<>();
        for (RepomdRecord record : repomd.records()) {
            RecordStep.Fate fate = selection.isAll() ? RecordStep.Fate.KEPT : fateWhenFiltered(record.type());
            Optional<String> sha256 =
                    fate == RecordStep.Fate.DROPPED ? Optional.empty() : known.sha256(record.checksum());
            steps.add(new RecordStep(record, fate, sha256));
        }
        return List.copyOf(steps);
    }

    /// Groups name packages that may be absent, which every client accepts; what nobody here knows is carried along.
    private static RecordStep.Fate fateWhenFiltered(String type) {
        return switch (type) {
            case "primary", "filelists", "other", "updateinfo", "modules" -> RecordStep.Fate.REBUILT;
            case "filelists-ext", "prestodelta", "deltainfo", "susedata" -> RecordStep.Fate.DROPPED;
            default ->
                type.endsWith("_db") || type.endsWith("_zck") || type.endsWith("-ext")
                        ? RecordStep.Fate.DROPPED
                        : RecordStep.Fate.KEPT;
        };
    }
}
