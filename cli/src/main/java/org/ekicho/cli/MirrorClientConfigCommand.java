package org.ekicho.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.ekicho.daemon.mirror.ClientSide;
import org.ekicho.daemon.mirror.folder.MirrorFolder;
import org.ekicho.mirror.settings.ChannelName;
import org.ekicho.mirror.settings.ClientGeneration;
import org.ekicho.mirror.settings.MirrorSettings;
import org.ekicho.mirror.settings.RepoId;
import org.ekicho.mirror.settings.RepoSettings;
import org.ekicho.site.clientconfig.ClientConfig;
import org.ekicho.site.clientconfig.ClientConfig.By;
import org.ekicho.site.diagnostic.Suggestions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `ekicho mirror client-config [CHANNEL]`: the `.repo` file for clients.
@Command(name = "client-config", description = "Print the .repo file by which clients use a channel of this mirror.")
final class MirrorClientConfigCommand extends Printing implements Callable<Integer> {
    @Mixin
    private MirrorOption mirror = new MirrorOption();

    @Mixin
    private OutputOption output = new OutputOption();

    @Option(names = "--for", paramLabel = "GEN", description = "${COMPLETION-CANDIDATES} (default: all of them).")
    private @Nullable ClientGeneration generation;

    @Option(names = "--repo", paramLabel = "ID", arity = "1..*", description = "Only these (default: all enabled).")
    private List<String> ids = new ArrayList<>();

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "How clients reach this server (default: url of [mirror]).")
    private @Nullable String url;

    @Option(names = "--by", paramLabel = "HOW", description = "${COMPLETION-CANDIDATES} (default: MIRRORLIST).")
    private By by = By.MIRRORLIST;

    @Parameters(arity = "0..1", paramLabel = "CHANNEL", description = "The channel (default: latest).")
    private String channel = ChannelName.LATEST.text();

    /// The file, for JSON.
    ///
    /// @param repos ids of the repositories in it
    record ClientFile(String channel, List<String> repos, String text) {
        ClientFile {
            repos = List.copyOf(repos);
        }
    }

    @Override
    public Integer call() throws IOException {
        if (!ChannelName.isValid(channel)) {
            screen.problem("\"" + channel + "\" is no name of a channel: lower-case letters, digits and dashes");
            return Exit.USAGE;
        }
        MirrorSettings said = mirror.settings();
        Optional<String> address = url == null ? said.url() : Optional.of(url.replaceFirst("/+$", ""));
        if (address.filter(a -> a.matches("https?://[^/\\s]+(/\\S*)?")).isEmpty()) {
            screen.problem(
                    "how do clients reach this server? Say --url http://mirror.lan, or url in [mirror] of the site "
                            + "file");
            return Exit.USAGE;
        }
        MirrorSettings settings = asShown(said);
        Optional<String> unknown = ids.stream()
                .filter(id ->
                        !RepoId.isValid(id) || settings.repo(new RepoId(id)).isEmpty())
                .findFirst();
        if (unknown.isPresent()) {
            screen.problem("the mirror has no repository \"" + unknown.get() + "\"" + meant(unknown.get(), settings));
            return Exit.USAGE;
        }
        Set<RepoId> chosen = ids.stream().map(RepoId::new).collect(Collectors.toCollection(LinkedHashSet::new));
        ClientConfig.Options options =
                new ClientConfig.Options(address.get(), Optional.ofNullable(generation), chosen, by);
        List<String> repos = ClientConfig.repos(settings, options).stream()
                .map(repo -> repo.id().text())
                .toList();
        if (repos.isEmpty()) {
            screen.problem("no enabled repository is meant for these clients; see \"ekicho mirror list\", or name some "
                    + "with --repo ID");
            return Exit.NOT_GOOD;
        }
        String text = ClientConfig.render(settings, new ChannelName(channel), options);
        if (output.isJson()) {
            screen.json(new ClientFile(channel, repos, text));
        } else {
            screen.print(text);
        }
        return Exit.GOOD;
    }

    /// With the repositories that the channel has, once it is there.
    private MirrorSettings asShown(MirrorSettings said) throws IOException {
        Path root = Path.of(said.folder());
        return MirrorFolder.isOne(root)
                ? new ClientSide(MirrorFolder.open(root, said), said).of(new ChannelName(channel))
                : said;
    }

    private static String meant(String id, MirrorSettings settings) {
        List<String> known = settings.repos().stream()
                .map(RepoSettings::id)
                .map(RepoId::text)
                .toList();
        return Suggestions.nearest(id, known)
                .map(near -> "; did you mean \"" + near + "\"?")
                .orElse("");
    }
}
