package org.ekicho.daemon.mirror.sync;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.ekicho.mirror.MirrorReason;
import org.ekicho.mirror.sync.SyncPlan;

/// How one run on one repository went; the last one lies in `cache/REPO/last-sync.json`, or, when
/// it found upstream as before, in `last-look` beside.
///
/// @param repo           its id
/// @param startedAt      when the run began
/// @param endedAt        when it ended
/// @param outcome        what came of it
/// @param reason         why not more; empty when it is good
/// @param sentence       the same for people
/// @param snapshot       what `latest` points to now; empty when there is none yet
/// @param totals         of the plan; empty when it did not come so far
/// @param receivedBytes  over the line
/// @param bytesPerSecond over the whole run
/// @param mirrors        servers that took part
/// @param bad            files that could not be had, the first [#MAX_BAD] of them
/// @param badFiles       how many in all
/// @param notes          what else a person should know
public record SyncReport(
        String repo,
        Instant startedAt,
        Instant endedAt,
        Outcome outcome,
        Optional<MirrorReason> reason,
        String sentence,
        Optional<String> snapshot,
        Optional<SyncPlan.Totals> totals,
        long receivedBytes,
        long bytesPerSecond,
        List<MirrorShare> mirrors,
        List<BadFile> bad,
        int badFiles,
        List<String> notes) {
    /// Enough to see what is wrong; a repository without any package would list thousands.
    public static final int MAX_BAD = 100;

    public SyncReport {
        mirrors = List.copyOf(mirrors);
        bad = List.copyOf(bad);
        notes = List.copyOf(notes);
    }

    /// What came of a run.
    public enum Outcome {
        /// A new snapshot is served.
        PUBLISHED,
        /// Upstream is as before.
        UNCHANGED,
        /// The plan was made, as asked.
        PLANNED,
        /// Nothing was published; what was served before still is.
        FAILED
    }

    /// A file that could not be had.
    public record BadFile(String path, MirrorReason reason, String detail) {}

    /// What a server did.
    ///
    /// @param address without a password
    /// @param trouble the last thing that went wrong with it; empty when nothing did
    public record MirrorShare(String address, long files, long failures, long bytes, String trouble) {}

    /// A run that found upstream as before.
    static SyncReport unchanged(
            String repo,
            Instant startedAt,
            Instant endedAt,
            String snapshot,
            long receivedBytes,
            List<MirrorShare> mirrors,
            List<String> notes) {
        long millis = Math.max(1, Duration.between(startedAt, endedAt).toMillis());
        return new SyncReport(
                repo,
                startedAt,
                endedAt,
                Outcome.UNCHANGED,
                Optional.empty(),
                "unchanged",
                Optional.of(snapshot).filter(id -> !id.isEmpty()),
                Optional.empty(),
                receivedBytes,
                receivedBytes * 1000 / millis,
                mirrors,
                List.of(),
                0,
                notes);
    }

    SyncReport with(List<String> otherNotes) {
        return new SyncReport(
                repo,
                startedAt,
                endedAt,
                outcome,
                reason,
                sentence,
                snapshot,
                totals,
                receivedBytes,
                bytesPerSecond,
                mirrors,
                bad,
                badFiles,
                otherNotes);
    }

    @com.fasterxml.jackson.annotation.JsonIgnore
    public boolean isGood() {
        return outcome != Outcome.FAILED;
    }

    public Duration took() {
        return Duration.between(startedAt, endedAt);
    }
}
