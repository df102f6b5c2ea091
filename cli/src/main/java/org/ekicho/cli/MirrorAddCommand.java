package org.ekicho.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.ekicho.daemon.mirror.folder.MirrorFolder;
import org.ekicho.daemon.mirror.sync.RepoAdding;
import org.ekicho.mirror.settings.RepoSettings;
import org.ekicho.mirror.signature.TrustedKey;
import org.ekicho.site.diagnostic.Report;
import org.ekicho.site.repofile.Variables;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `ekicho mirror add`: takes a `.repo` file, so that its repositories are synced.
@Command(
        name = "add",
        sortOptions = false,
        description =
                "Take the repositories of a .repo file into the mirror; nothing is fetched but the file and its keys.",
        footer = {"", "Exit: 0 added, 1 the file has an error, 2 it could not be had, 3 usage."})
final class MirrorAddCommand extends Printing implements Callable<Integer> {
    @Parameters(paramLabel = "FILE|URL", description = "The .repo file.")
    private String source = "";

    @Mixin
    private MirrorOption mirror = new MirrorOption();

    @Option(names = "--id", paramLabel = "ID", split = ",", description = "Take these sections only.")
    private List<String> ids = new ArrayList<>();

    @Option(
            names = "--releasever",
            paramLabel = "VERSION",
            description = "What $releasever stands for (default: as [mirror.vars] of the site file says).")
    private @Nullable String releasever;

    @Option(
            names = "--basearch",
            paramLabel = "ARCH",
            description = "What $basearch stands for (default: the same, else x86_64).")
    private @Nullable String basearch;

    @Option(names = "--dry-run", description = "Say what would be added.")
    private boolean dryRun;

    @Mixin
    private OutputOption output = new OutputOption();

    /// What was added, for JSON.
    record Added(String file, List<String> repos, List<RepoAdding.KeyNotice> keys, Report report) {}

    @Override
    public Integer call() throws IOException {
        Variables variables = mirror.variables();
        variables = releasever == null ? variables : variables.with(Variables.RELEASEVER, releasever);
        variables = basearch == null ? variables : variables.with(Variables.BASEARCH, basearch);
        MirrorFolder folder = mirror.open();
        try (RepoAdding adding = RepoAdding.open(folder)) {
            Set<String> wanted = new LinkedHashSet<>(ids);
            RepoAdding.Offer offer = adding.read(source, wanted, variables);
            if (offer.report().hasErrors() || offer.repos().isEmpty()) {
                new ReportPrinter(screen).print(offer.report());
                screen.problem("nothing was added: " + source + " has "
                        + (offer.repos().isEmpty() ? "no repository that can be mirrored" : "an error")
                        + lacking(offer));
                return Exit.NOT_GOOD;
            }
            List<RepoAdding.KeyNotice> keys = new ArrayList<>();
            String file = offer.name();
            if (!dryRun) {
                offer = adding.withKeys(offer, keys);
                Path written = adding.write(offer);
                file = written.toString();
            }
            print(file, offer, keys);
            return Exit.GOOD;
        }
    }

    /// What to type when a variable has no value.
    private static String lacking(RepoAdding.Offer offer) {
        return Variables.NONE.expand(offer.text()).unknown().contains(Variables.RELEASEVER)
                ? "; say which release, e.g. --releasever 9"
                : "";
    }

    private void print(String file, RepoAdding.Offer offer, List<RepoAdding.KeyNotice> keys) {
        List<String> names =
                offer.repos().stream().map(repo -> repo.id().text()).toList();
        if (output.isJson()) {
            screen.json(new Added(file, names, keys, offer.report()));
            return;
        }
        new ReportPrinter(screen).print(offer.report());
        for (RepoSettings repo : offer.repos()) {
            screen.line(
                    (dryRun ? "would add " : "added ") + screen.bold(repo.id().text()) + ", " + repo.name()
                            + (repo.enabled() ? "" : " (disabled: sync it by name)"));
        }
        for (RepoAdding.KeyNotice notice : keys) {
            screen.line("key file " + notice.where());
            for (TrustedKey key : notice.keys()) {
                screen.line("  " + key.spaced() + "  " + key.kind() + "  " + String.join(", ", key.userIds()));
            }
            if (!notice.warning().isEmpty()) {
                screen.line("  " + screen.warn(notice.warning()));
            }
        }
        screen.line((dryRun ? "nothing was written; it would be " : "written to ")
                + file
                + (dryRun ? "" : "; next: ekicho mirror sync --dry-run " + String.join(" ", names)));
    }
}
