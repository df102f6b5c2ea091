package org.ekicho.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.ekicho.daemon.mirror.ClientReading;
import org.ekicho.daemon.mirror.folder.MirrorFolder;
import org.ekicho.daemon.mirror.folder.RepoLock;
import org.ekicho.daemon.mirror.sync.RepoRemoving;
import org.ekicho.mirror.report.ClientUse;
import org.ekicho.mirror.settings.ChannelName;
import org.ekicho.mirror.settings.RepoId;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `ekicho mirror remove`: no longer syncs and serves repositories; what they hold goes with the next gc.
@Command(
        name = "remove",
        sortOptions = false,
        description = "Take repositories out of their .repo files and out of every channel.",
        footer = {"", "Snapshots stay until \"ekicho mirror gc\" finds that nothing needs them."})
final class MirrorRemoveCommand extends Printing implements Callable<Integer> {
    /// Machines that are switched on at all ask within a month.
    private static final Duration LATELY = Duration.ofDays(30);
    /// Clients named; JSON has all.
    private static final int NAMED = 10;

    @Parameters(arity = "1..*", paramLabel = "REPO", description = "Ids.")
    private List<String> names = new ArrayList<>();

    @Mixin
    private MirrorOption mirror = new MirrorOption();

    @Option(names = "--dry-run", description = "Say how much and who is affected.")
    private boolean dryRun;

    @Mixin
    private OutputOption output = new OutputOption();

    @Override
    public Integer call() throws IOException {
        MirrorFolder folder = mirror.openExisting();
        List<RepoRemoving.Effect> effects = new ArrayList<>();
        for (String name : names) {
            Optional<RepoRemoving.Effect> effect =
                    RepoId.isValid(name) ? RepoRemoving.effect(folder, new RepoId(name)) : Optional.empty();
            if (effect.isEmpty()) {
                screen.problem("there is no repository " + name + "; \"ekicho mirror list\" shows them");
                return Exit.USAGE;
            }
            effects.add(effect.get());
        }
        Instant now = InstantSource.system().instant();
        List<ClientUse> clients = clients(folder, now);
        effects.replaceAll(effect -> effect.usedBy(clients.stream()
                .filter(client -> client.repos().stream()
                        .anyMatch(use -> use.repo().equals(effect.repo().text())))
                .map(ClientUse::client)
                .toList()));
        for (RepoRemoving.Effect effect : effects) {
            if (!dryRun) {
                try (RepoLock _ = folder.lock(effect.repo(), "remove")) {
                    RepoRemoving.apply(folder, effect, now);
                }
            }
        }
        if (output.isJson()) {
            screen.json(effects);
        } else {
            effects.forEach(this::print);
        }
        return Exit.GOOD;
    }

    /// Who used the mirror lately; nobody when there is no access log.
    private static List<ClientUse> clients(MirrorFolder folder, Instant now) {
        try {
            return ClientReading.read(folder, folder.settings(), now.minus(LATELY))
                    .clients();
        } catch (IOException e) {
            // Another server than ours may have served the folder: then nobody knows.
            return List.of();
        }
    }

    private void print(RepoRemoving.Effect effect) {
        screen.line((dryRun ? "would remove " : "removed ")
                + screen.bold(effect.repo().text()) + ": "
                + effect.snapshots() + " snapshots, " + effect.packages() + " packages in the newest, "
                + Amounts.bytes(effect.bytes()));
        screen.line("  channels "
                + (effect.channels().isEmpty()
                        ? "none"
                        : effect.channels().stream().map(ChannelName::text).toList()
                                + ": their clients no longer find it"));
        screen.line("  clients  "
                + (effect.clients().isEmpty()
                        ? "none in the access log of the last " + LATELY.toDays() + " days"
                        : effect.clients().size() + " used it in the last " + LATELY.toDays() + " days: "
                                + String.join(
                                        ", ",
                                        effect.clients()
                                                .subList(
                                                        0,
                                                        Math.min(
                                                                NAMED,
                                                                effect.clients().size())))
                                + (effect.clients().size() > NAMED ? " and others" : "")));
        screen.line("  file     "
                + effect.file()
                        .map(Path::toString)
                        .orElse("none in repos.d; what the site file says of it is for you to take out"));
        screen.line("  packages " + (dryRun ? "would stay" : "stay")
                + " on the disk until \"ekicho mirror gc\" finds that nothing needs them; until then \"ekicho mirror rollback\""
                + " or \"promote\" brings a channel's old state back");
    }
}
