package org.ekicho.cli;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.ekicho.daemon.mirror.folder.Garbage;
import org.ekicho.daemon.mirror.folder.MirrorFolder;
import org.ekicho.mirror.snapshot.Keeping;
import org.ekicho.mirror.snapshot.Retention;
import org.ekicho.mirror.snapshot.SnapshotRef;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `ekicho mirror gc`: removes what retention lets go, and never what is in use.
@Command(
        name = "gc",
        description = "Free what is of no use any more: old snapshots, their views, contents that nothing has.",
        footer = {
            "",
            "In use is what a channel points to, did within the grace time, would go back to, or an admin pinned.",
            "Exit: 0 done, 1 something that was named is in use and stays, 2 it could not be done."
        })
final class MirrorGcCommand extends Printing implements Callable<Integer> {
    private static final Duration AT_LEAST = Duration.ofSeconds(2);

    @Mixin
    private MirrorOption mirror = new MirrorOption();

    @Mixin
    private OutputOption output = new OutputOption();

    @Mixin
    private WaitOption wait = new WaitOption();

    @Option(names = "--dry-run", description = "Only say what would be freed.")
    private boolean dryRun;

    @Parameters(
            arity = "0..*",
            paramLabel = "REPO@ID",
            converter = SnapshotConverter.class,
            description = "Remove these too, although they are among the newest.")
    private List<SnapshotRef> asked = new ArrayList<>();

    /// What was freed, or would be.
    record Freed(
            boolean done,
            List<String> snapshots,
            List<String> views,
            List<String> stages,
            long contents,
            long bytes,
            List<Stays> refused,
            List<Stays> kept) {
        /// A snapshot that stays.
        record Stays(String snapshot, List<String> because) {
            static Stays of(Retention.Kept kept) {
                return new Stays(
                        kept.snapshot().toString(),
                        kept.reasons().stream().map(Keeping::sentence).toList());
            }
        }

        static Freed of(Garbage garbage, boolean done) {
            return new Freed(
                    done,
                    garbage.retention().going().stream().map(String::valueOf).toList(),
                    garbage.views(),
                    garbage.stages(),
                    garbage.contents(),
                    garbage.bytes(),
                    garbage.retention().refused().stream().map(Stays::of).toList(),
                    garbage.retention().kept().stream().map(Stays::of).toList());
        }
    }

    @Override
    public Integer call() throws IOException {
        MirrorFolder folder = mirror.openExisting();
        Set<SnapshotRef> named = new HashSet<>(asked);
        Garbage garbage = dryRun
                ? folder.collector().look(named, Instant.now())
                : folder.collector().collect(named, Instant.now(), patience(), screen::notice);
        Freed freed = Freed.of(garbage, !dryRun);
        if (output.isJson()) {
            screen.json(freed);
        } else {
            print(freed);
        }
        return freed.refused().isEmpty() ? Exit.GOOD : Exit.NOT_GOOD;
    }

    /// Commands that only switch a pointer use the store for a moment, for which it always waits.
    private Duration patience() {
        return wait.patience().isZero() ? AT_LEAST : wait.patience();
    }

    private void print(Freed freed) {
        String verb = freed.done() ? "removed " : "would remove ";
        freed.snapshots().forEach(snapshot -> screen.line(verb + snapshot));
        freed.views().forEach(view -> screen.line(verb + "the view " + view));
        freed.stages().forEach(stage -> screen.line(verb + "unfinished downloads of " + stage));
        freed.refused()
                .forEach(stays -> screen.line(
                        screen.warn("refused ") + stays.snapshot() + ": " + String.join("; ", stays.because())));
        if (dryRun) {
            freed.kept()
                    .forEach(stays ->
                            screen.line("keeps " + stays.snapshot() + ": " + String.join("; ", stays.because())));
        }
        screen.line((freed.done() ? "freed " : "would free ") + Bytes.format(freed.bytes()) + " in " + freed.contents()
                + " contents");
    }
}
