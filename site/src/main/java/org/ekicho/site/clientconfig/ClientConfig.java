package org.ekicho.site.clientconfig;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.ekicho.mirror.settings.ChannelName;
import org.ekicho.mirror.settings.ClientGeneration;
import org.ekicho.mirror.settings.MirrorSettings;
import org.ekicho.mirror.settings.RepoId;
import org.ekicho.mirror.settings.RepoSettings;
import org.ekicho.mirror.settings.RepoSettings.Check;

/// Renders the `.repo` file by which a client uses a channel of the mirror.
public final class ClientConfig {
    /// How long clients believe metadata: yum's own default, and in a LAN a look at repomd.xml costs nothing.
    private static final Duration EXPIRE = Duration.ofHours(6);

    private ClientConfig() {}

    /// How a client finds a repository.
    public enum By {
        /// A list with the address of one snapshot: no run of yum or dnf sees two.
        MIRRORLIST,
        /// The same, with the checksum of that snapshot's repomd.xml.
        METALINK,
        /// The channel's own address, whatever it shows at the moment.
        BASEURL;

        /// As on the command line.
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// What is asked for.
    ///
    /// @param url        how the client reaches this server, without a slash at the end
    /// @param generation the client's generation; empty: any
    /// @param repos      only these; empty: all that are enabled and meant for the generation
    /// @param by         how repositories are found
    public record Options(String url, Optional<ClientGeneration> generation, Set<RepoId> repos, By by) {
        public Options {
            repos = Set.copyOf(repos);
        }

        /// Everything, by mirrorlist.
        public static Options of(String url) {
            return new Options(url, Optional.empty(), Set.of(), By.MIRRORLIST);
        }
    }

    /// The repositories that a file with these options would have.
    public static List<RepoSettings> repos(MirrorSettings mirror, Options options) {
        return mirror.repos().stream()
                .filter(repo -> options.repos().isEmpty()
                        ? repo.enabled() && isFor(repo, options.generation())
                        : options.repos().contains(repo.id()))
                .toList();
    }

    /// Upstream repositories belong to one generation; what the site made itself is for all that can read it.
    private static boolean isFor(RepoSettings repo, Optional<ClientGeneration> client) {
        return client.isEmpty()
                || switch (repo.source()) {
                    case RepoSettings.Source.Remote _ -> repo.generation() == client.get();
                    case RepoSettings.Source.Folder _, RepoSettings.Source.Bundles _ ->
                        repo.generation().compareTo(client.get()) <= 0;
                };
    }

    /// The file's text.
    public static String render(MirrorSettings mirror, ChannelName channel, Options options) {
        StringBuilder text = new StringBuilder("# Channel " + channel + " of the mirror at " + options.url() + "\n"
                + "# " + options.url() + "/client/" + channel + ".repo"
                + options.generation().map(kind -> "?for=" + kind.word()).orElse("") + "\n");
        if (options.generation().filter(g -> g == ClientGeneration.EL5).isPresent()
                && options.url().startsWith("https:")) {
            text.append("# yum of CentOS 5 speaks no TLS newer than 1.0: it may need the http address.\n");
        }
        for (RepoSettings repo : repos(mirror, options)) {
            text.append('\n');
            section(repo, mirror, channel, options)
                    .forEach(line -> text.append(line).append('\n'));
        }
        return text.toString();
    }

    private static List<String> section(
            RepoSettings repo, MirrorSettings mirror, ChannelName channel, Options options) {
        List<String> lines = new ArrayList<>();
        lines.add("[" + repo.id() + "]");
        lines.add("name=" + repo.name());
        lines.add(source(repo, channel, options));
        lines.add("enabled=1");
        boolean packages = repo.checks().contains(Check.PACKAGES);
        boolean metadata = isMetadataSigned(repo) && options.generation().orElse(null) != ClientGeneration.EL5;
        lines.add("gpgcheck=" + (packages ? 1 : 0));
        if (metadata) {
            lines.add("repo_gpgcheck=1");
        }
        List<String> keys = PublishedKeys.of(mirror).names(repo).stream()
                .map(name -> options.url() + "/keys/" + name)
                .toList();
        if ((packages || metadata) && !keys.isEmpty()) {
            lines.add("gpgkey=" + String.join("\n       ", keys));
        }
        lines.add("metadata_expire=" + expire(mirror));
        if (options.by() != By.BASEURL
                && options.generation().map(ClientConfig::isYum).orElse(true)) {
            lines.add("mirrorlist_expire=" + expire(mirror));
        }
        repo.wishes().priority().ifPresent(priority -> lines.add("priority=" + priority));
        repo.wishes().cost().ifPresent(cost -> lines.add("cost=" + cost));
        repo.wishes().moduleHotfixes().ifPresent(on -> lines.add("module_hotfixes=" + (on ? 1 : 0)));
        return lines;
    }

    private static String source(RepoSettings repo, ChannelName channel, Options options) {
        return switch (options.by()) {
            case MIRRORLIST -> "mirrorlist=" + options.url() + "/mirrorlist/" + channel + "/" + repo.id();
            case METALINK -> "metalink=" + options.url() + "/metalink/" + channel + "/" + repo.id();
            case BASEURL -> "baseurl=" + options.url() + "/" + channel + "/" + repo.id() + "/";
        };
    }

    /// With all packages the metadata is upstream's own, signature and all; rebuilt metadata is signed by us or not.
    private static boolean isMetadataSigned(RepoSettings repo) {
        return repo.signingKey().isPresent()
                || (repo.checks().contains(Check.METADATA) && repo.selection().isAll());
    }

    private static boolean isYum(ClientGeneration generation) {
        return generation.compareTo(ClientGeneration.EL7) <= 0;
    }

    /// Never longer than files of a replaced snapshot stay.
    private static String expire(MirrorSettings mirror) {
        Duration expire = mirror.grace().compareTo(EXPIRE) < 0 ? mirror.grace() : EXPIRE;
        return expire.toSeconds() % 3600 == 0 && expire.toHours() > 0
                ? expire.toHours() + "h"
                : String.valueOf(expire.toSeconds());
    }
}
