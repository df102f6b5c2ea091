package org.ekicho.mirror.sync;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.ekicho.mirror.Refusal;
import org.ekicho.mirror.filter.KeptPackages;
import org.ekicho.mirror.hash.Checksum;
import org.ekicho.mirror.location.CheckedPath;
import org.ekicho.mirror.settings.RepoId;
import org.ekicho.mirror.snapshot.SnapshotFile;

/// All that a sync of one repository will do. A dry run prints it; a run carries it out: fetch every [Fetch], link
/// every
/// [Link], rebuild what [RecordStep]s say, publish. Nothing is decided afterwards.
///
/// @param repo       whose
/// @param revision   upstream's, as repomd.xml says; empty when it has none
/// @param records    the metadata files, in repomd.xml's order
/// @param fetches    packages and files of the install tree that are not here, sorted by path
/// @param links      those that are in the store already, sorted by path
/// @param drops      files of the newest snapshot that the next one will not have, sorted by path
/// @param problems   what is wrong with single packages and what else a person should know
/// @param keptPackages which packages rebuilt metadata lists; empty: all, the metadata is kept as it came
/// @param totals     sums
/// @param held       why nothing may be fetched or published at all; empty when the plan can be carried out
public record SyncPlan(
        RepoId repo,
        String revision,
        List<RecordStep> records,
        List<Fetch> fetches,
        List<Link> links,
        List<Drop> drops,
        List<Problem> problems,
        Optional<KeptPackages> keptPackages,
        Totals totals,
        Optional<Refusal> held) {
    public SyncPlan {
        records = List.copyOf(records);
        fetches = List.copyOf(fetches);
        links = List.copyOf(links);
        drops = List.copyOf(drops);
        problems = List.copyOf(problems);
    }

    /// A file that must be fetched.
    ///
    /// @param path         where it lies upstream and in the snapshot
    /// @param kind         package or file of the install tree
    /// @param name         for people: a package's name, version and architecture, a tree file's path
    /// @param checksum     what it must have; empty where upstream names none, as for some files of install trees
    /// @param size         bytes it must have; empty when unknown
    /// @param mtimeSeconds modification time to publish it with; 0 when unknown
    /// @param why          why it is not here
    /// @param need         whether the snapshot fails without it
    public record Fetch(
            CheckedPath path,
            SnapshotFile.Kind kind,
            String name,
            Optional<Checksum> checksum,
            OptionalLong size,
            long mtimeSeconds,
            Why why,
            Need need) {}

    /// Why a file is fetched.
    public enum Why {
        /// The newest snapshot has no file of this path.
        NEW,
        /// The newest snapshot has other bytes at this path.
        CHANGED,
        /// The newest snapshot lists it, but the store has lost it.
        MISSING,
        /// Upstream names no checksum, so that only fetching tells.
        UNCHECKED
    }

    /// What follows when upstream does not have a file.
    public enum Need {
        /// No snapshot is published.
        REQUIRED,
        /// The snapshot is published without it.
        OPTIONAL
    }

    /// A file whose content is in the store.
    public record Link(
            CheckedPath path, SnapshotFile.Kind kind, String name, String sha256, long size, long mtimeSeconds) {}

    /// A file that the next snapshot will not have.
    ///
    /// @param size bytes
    public record Drop(String path, SnapshotFile.Kind kind, long size, WhyDropped why) {}

    /// Why a file is not in the next snapshot.
    public enum WhyDropped {
        /// Upstream no longer has it.
        GONE_UPSTREAM,
        /// Upstream has it, the selection does not want it.
        NOT_SELECTED,
        /// Its content changed, or its metadata is written anew.
        REPLACED
    }

    /// Something that a person should know.
    ///
    /// @param what    a package, a path, or a requirement
    /// @param refusal why
    /// @param weight  what follows
    public record Problem(String what, Refusal refusal, Weight weight) {}

    /// What follows from a problem.
    public enum Weight {
        /// No snapshot is published, since kept metadata would name what is not there.
        FAILS,
        /// It is left out of the snapshot and of the rebuilt metadata.
        LEFT_OUT,
        /// Nothing.
        NOTED
    }

    /// Sums of the plan.
    ///
    /// @param packages     packages in the next snapshot
    /// @param packageBytes bytes of those
    /// @param fetchFiles   files to fetch, metadata included
    /// @param fetchBytes   bytes to fetch, where sizes are known; the largest number when they overflow
    /// @param linkFiles    files that are here
    /// @param linkBytes    bytes of those
    /// @param dropFiles    files that go
    /// @param dropBytes    bytes of those
    /// @param leftOut      packages that the selection does not want
    public record Totals(
            int packages,
            long packageBytes,
            int fetchFiles,
            long fetchBytes,
            int linkFiles,
            long linkBytes,
            int dropFiles,
            long dropBytes,
            int leftOut) {}

    /// Whether it may be carried out and can lead to a snapshot.
    public boolean canPublish() {
        return held.isEmpty() && problems.stream().noneMatch(p -> p.weight() == Weight.FAILS);
    }

    /// Whether metadata is written anew.
    public boolean rebuilds() {
        return records.stream().anyMatch(step -> step.fate() == RecordStep.Fate.REBUILT);
    }

    /// The plan as a person reads it, a dry run's output: sums first, then packages that changed under their name, what
    /// is dropped, and what is wrong.
    public String format() {
        return SyncPlanText.format(this);
    }
}
