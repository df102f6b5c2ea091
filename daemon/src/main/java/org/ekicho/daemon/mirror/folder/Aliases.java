package org.ekicho.daemon.mirror.folder;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.ekicho.host.files.FileLatch;
import org.ekicho.mirror.Reading;
import org.ekicho.mirror.Refusal;
import org.ekicho.mirror.location.CheckedPath;
import org.ekicho.mirror.location.Locations;
import org.ekicho.mirror.settings.ChannelName;
import org.ekicho.mirror.settings.RepoSettings;
import org.ekicho.mirror.snapshot.MirrorLayout;

/// Old addresses of repositories: links below `www` to a repository of the channel `latest`, so that a client's
/// `baseurl`
/// needs another host only.
public final class Aliases {
    /// Deeper than any distribution's layout.
    private static final int DEEPEST = 20;

    private final Path root;
    private final Channels channels;
    private final Locks locks;
    private final Generation generation;

    Aliases(Path root, Channels channels, Locks locks, Generation generation) {
        this.root = root;
        this.channels = channels;
        this.locks = locks;
        this.generation = generation;
    }

    /// Makes the links that the settings say, and removes those that they do not say any more.
    ///
    /// @return what could not be made and why, one sentence each
    public List<String> apply(List<RepoSettings> repos) throws IOException {
        List<String> problems = new ArrayList<>();
        Map<String, Path> wanted = new TreeMap<>();
        Set<String> taken = new TreeSet<>(ChannelName.RESERVED);
        channels.names().forEach(name -> taken.add(name.text()));
        for (RepoSettings repo : repos) {
            for (String alias : repo.aliases()) {
                String path = alias.replaceAll("^/+|/+$", "");
                String first = path.split("/", 2)[0];
                if (Locations.check(path, Locations.Use.ANY) instanceof Reading.Refused<CheckedPath>(Refusal refusal)) {
                    problems.add("the alias \"" + alias + "\" of " + repo.id() + " cannot be: " + refusal.detail());
                } else if (taken.contains(first) || first.startsWith(".")) {
                    problems.add("the alias \"" + alias + "\" of " + repo.id() + " cannot be: \"" + first
                            + "\" is an address already");
                } else if (wanted.putIfAbsent(path, target(path, repo)) != null) {
                    problems.add("the alias \"" + alias + "\" of " + repo.id() + " belongs to another repository");
                }
            }
        }
        refuseNested(wanted, problems);
        try (FileLatch _ = locks.sharedStore()) {
            generation.change(() -> change(wanted, problems));
        }
        return problems;
    }

    /// A link below another link would lie in that repository's snapshot.
    private static void refuseNested(Map<String, Path> wanted, List<String> problems) {
        for (String path : List.copyOf(wanted.keySet())) {
            for (int end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
                String above = path.substring(0, end);
                if (wanted.containsKey(above)) {
                    wanted.remove(path);
                    problems.add("the alias \"" + path + "\" cannot be: it lies below the alias \"" + above + "\"");
                    break;
                }
            }
        }
    }

    /// From the folder of the link up to `www`, and down again.
    private static Path target(String alias, RepoSettings repo) {
        String up = "../".repeat((int) alias.chars().filter(c -> c == '/').count());
        return Path.of(up + ChannelName.LATEST + "/" + repo.id());
    }

    private void change(Map<String, Path> wanted, List<String> problems) throws IOException {
        Path www = root.resolve(MirrorLayout.WWW);
        for (Path link : links(www)) {
            if (!wanted.containsKey(www.relativize(link).toString())) {
                Files.delete(link);
                deleteEmpty(link.resolveSibling(""), www);
            }
        }
        for (Map.Entry<String, Path> each : wanted.entrySet()) {
            Path link = www.resolve(each.getKey());
            try {
                if (!Files.isSymbolicLink(link) || !Files.readSymbolicLink(link).equals(each.getValue())) {
                    Trees.makeDurably(link.resolveSibling(""));
                    DiskChannels.replaceLink(link, each.getValue());
                }
            } catch (IOException e) {
                problems.add("the alias \"" + each.getKey() + "\" cannot be made: " + e.getMessage());
            }
        }
    }

    /// Links to a repository of `latest` in real folders below `www`.
    private static List<Path> links(Path www) throws IOException {
        List<Path> links = new ArrayList<>();
        Files.walkFileTree(www, Set.of(), DEEPEST, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (attributes.isSymbolicLink() && isAlias(Files.readSymbolicLink(file))) {
                    links.add(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return links;
    }

    /// Whether a link leads up, and then to a repository of `latest`. The channel's own pointer leads elsewhere.
    private static boolean isAlias(Path target) {
        int names = target.getNameCount();
        if (names < 2 || !target.getName(names - 2).toString().equals(ChannelName.LATEST.text())) {
            return false;
        }
        for (int i = 0; i < names - 2; i++) {
            if (!target.getName(i).toString().equals("..")) {
                return false;
            }
        }
        return true;
    }

    private static void deleteEmpty(Path folder, Path www) throws IOException {
        Path at = folder;
        while (!at.equals(www)
                && Files.isDirectory(at, LinkOption.NOFOLLOW_LINKS)
                && Trees.names(at).isEmpty()) {
            Files.delete(at);
            at = at.resolveSibling("");
        }
    }
}
