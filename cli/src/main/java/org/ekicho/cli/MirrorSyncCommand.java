package org.ekicho.cli;

import java.io.Console;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.ekicho.daemon.mirror.ClientSide;
import org.ekicho.daemon.mirror.folder.MirrorFolder;
import org.ekicho.daemon.mirror.sync.RepoFolder;
import org.ekicho.daemon.mirror.sync.SyncOptions;
import org.ekicho.daemon.mirror.sync.SyncProgress;
import org.ekicho.daemon.mirror.sync.SyncReport;
import org.ekicho.daemon.mirror.sync.Syncer;
import org.ekicho.mirror.settings.RepoSettings;
import org.ekicho.mirror.settings.Selection;
import org.ekicho.mirror.sync.SyncPlan;
import org.ekicho.mirror.sync.SyncRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `ekicho mirror sync`: brings repositories to the state of their upstream, or says what that would mean.
@Command(
        name = "sync",
        sortOptions = false,
        description = "Fetch what is new upstream, check all of it, and publish it as a snapshot.",
        footer = {
            "",
            "What is served changes only when a repository is whole. A run that was cut off goes on where it was.",
            "Exit: 0 good, 1 a repository could not be synced, 2 it could not be tried, 3 usage."
        })
final class MirrorSyncCommand extends Printing implements Callable<Integer> {
    /// Bad files named in the summary; the report has more.
    private static final int NAMED = 10;
    /// A day: whoever says --wait wants it done, but not for ever.
    private static final Duration LONGEST_WAIT = Duration.ofDays(1);

    @Parameters(arity = "0..*", paramLabel = "REPO", description = "Ids (default: all that are enabled).")
    private List<String> names = new ArrayList<>();

    @Mixin
    private MirrorOption mirror = new MirrorOption();

    @Option(names = "--dry-run", description = "Fetch metadata only, and print the plan.")
    private boolean dryRun;

    @Option(names = "--accept-older", description = "Take an upstream that is older than what was seen before.")
    private boolean acceptOlder;

    @Option(names = "--newest-only", description = "Keep the newest version of each package; metadata is rebuilt.")
    private boolean newestOnly;

    @Option(
            names = "--arch",
            paramLabel = "ARCH",
            split = ",",
            description = "Keep these architectures, src for sources; metadata is rebuilt.")
    private List<String> archs = new ArrayList<>();

    @Option(names = "--wait", description = "When another run works on a repository, wait for it.")
    private boolean waits;

    @Option(
            names = {"-q", "--quiet"},
            description = "No progress.")
    private boolean quiet;

    @Mixin
    private OutputOption output = new OutputOption();

    @Override
    public Integer call() throws IOException {
        MirrorFolder folder = mirror.open();
        List<RepoSettings> all = RepoFolder.with(folder);
        List<RepoSettings> repos;
        try {
            repos = chosen(all);
        } catch (IllegalArgumentException e) {
            screen.problem(String.valueOf(e.getMessage()));
            return Exit.USAGE;
        }
        if (repos.isEmpty()) {
            screen.problem("no repository is enabled; add one with \"ekicho mirror add FILE\"");
            return Exit.UNKNOWN;
        }
        Syncer syncer = Syncer.of(folder, InstantSource.system());
        List<SyncReport> reports = new ArrayList<>();
        for (RepoSettings repo : repos) {
            reports.add(sync(syncer, repo));
        }
        if (!dryRun) {
            new ClientSide(folder, folder.settings()).refresh().forEach(screen::problem);
        }
        if (output.isJson()) {
            screen.json(reports);
        }
        return reports.stream().allMatch(SyncReport::isGood) ? Exit.GOOD : Exit.NOT_GOOD;
    }

    private SyncReport sync(Syncer syncer, RepoSettings repo) {
        SyncProgress progress = new SyncProgress();
        SyncReport report;
        try (SyncWatch _ = SyncWatch.start(screen, repo.id().text(), progress, style())) {
            report = syncer.sync(repo, options(), progress);
        }
        if (!output.isJson()) {
            if (dryRun) {
                progress.plan().map(SyncPlan::format).ifPresent(screen::print);
            }
            print(report);
        }
        return report;
    }

    private SyncOptions options() {
        return new SyncOptions(
                dryRun ? SyncOptions.Extent.PLAN_ONLY : SyncOptions.Extent.PUBLISH,
                acceptOlder ? SyncRequest.Older.ACCEPTED : SyncRequest.Older.HELD,
                waits ? LONGEST_WAIT : Duration.ZERO);
    }

    @SuppressWarnings("SystemConsoleNull") // it is null without a terminal, see its documentation
    private SyncWatch.Style style() {
        Console console = System.console();
        if (quiet || output.isJson()) {
            return SyncWatch.Style.SILENT;
        }
        return console != null && console.isTerminal() ? SyncWatch.Style.TERMINAL : SyncWatch.Style.LINES;
    }

    private List<RepoSettings> chosen(List<RepoSettings> all) {
        List<RepoSettings> chosen = new ArrayList<>();
        for (String name : new LinkedHashSet<>(names)) {
            chosen.add(all.stream()
                    .filter(repo -> repo.id().text().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("there is no repository " + name + "; there are "
                            + all.stream().map(repo -> repo.id().text()).toList())));
        }
        if (names.isEmpty()) {
            all.stream()
                    .filter(RepoSettings::enabled)
                    .filter(repo -> !(repo.source() instanceof RepoSettings.Source.Bundles))
                    .forEach(chosen::add);
        }
        return chosen.stream().map(this::narrowed).toList();
    }

    private RepoSettings narrowed(RepoSettings repo) {
        Selection before = repo.selection();
        Selection selection = new Selection(
                newestOnly ? Selection.Versions.NEWEST : before.versions(),
                archs.isEmpty() ? before.archs() : Set.copyOf(archs),
                before.include(),
                before.exclude(),
                before.packages(),
                before.closure());
        return repo.withSelection(selection);
    }

    private void print(SyncReport report) {
        String head = screen.bold(report.repo()) + ": ";
        Optional<SyncPlan.Totals> totals = report.totals();
        String amount = report.receivedBytes() == 0
                ? ""
                : ", received " + Amounts.bytes(report.receivedBytes()) + " in " + Amounts.duration(report.took())
                        + " (" + Amounts.bytes(report.bytesPerSecond()) + "/s)";
        switch (report.outcome()) {
            case PUBLISHED ->
                screen.line(head
                        + screen.good("published ")
                        + report.snapshot().orElse("")
                        + totals.map(t -> ", " + t.packages() + " packages").orElse("")
                        + amount);
            case UNCHANGED ->
                screen.line(
                        head + "unchanged, " + report.snapshot().orElse("") + ", " + Amounts.duration(report.took()));
            case PLANNED -> screen.line(head + "nothing was changed" + amount);
            case FAILED -> {
                screen.problem(report.repo() + ": " + report.sentence());
                for (SyncReport.BadFile bad :
                        report.bad().subList(0, Math.min(NAMED, report.bad().size()))) {
                    screen.line("  " + bad.path() + ": " + bad.reason().sentence() + " (" + bad.detail() + ")");
                }
                if (report.badFiles() > NAMED) {
                    screen.line("  and " + (report.badFiles() - NAMED) + " more; -o json lists "
                            + Math.min(report.badFiles(), SyncReport.MAX_BAD));
                }
                screen.line(report.snapshot()
                        .map(id -> "  " + id + " is served as before")
                        .orElse("  nothing is served yet"));
            }
        }
        report.notes().forEach(note -> screen.line("  note: " + note));
        for (SyncReport.MirrorShare share : report.mirrors()) {
            if (share.failures() > 0 && !share.trouble().isEmpty()) {
                screen.line(
                        "  " + share.address() + ": " + share.failures() + " failures, the last: " + share.trouble());
            }
        }
    }
}
