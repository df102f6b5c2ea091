package org.ekicho.daemon.mirror.folder;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotLinkException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.ekicho.host.files.DurableFile;
import org.ekicho.mirror.settings.ChannelName;
import org.ekicho.mirror.settings.RepoId;
import org.ekicho.mirror.snapshot.ChannelCodec;
import org.ekicho.mirror.snapshot.ChannelState;
import org.ekicho.mirror.snapshot.ManifestException;
import org.ekicho.mirror.snapshot.MirrorLayout;
import org.ekicho.mirror.snapshot.SnapshotId;

/// The channels as folders of relative links, and one link to the current folder, which is what is replaced.
final class DiskChannels implements Channels {
    private static final String SUFFIX = ".state";

    private final Path root;
    private final Views views;
    private final Locks locks;
    private final Generation generation;
    private final Duration grace;

    DiskChannels(Path root, Views views, Locks locks, Generation generation, Duration grace) {
        this.root = root;
        this.views = views;
        this.locks = locks;
        this.generation = generation;
        this.grace = grace;
    }

    @Override
    public List<ChannelName> names() throws IOException {
        List<ChannelName> names = new ArrayList<>();
        for (String name : Trees.names(root.resolve(MirrorLayout.CHANNELS))) {
            if (ChannelName.isValid(name) && number(new ChannelName(name)).isPresent()) {
                names.add(new ChannelName(name));
            }
        }
        return names;
    }

    @Override
    public Optional<ChannelState> current(ChannelName channel) throws IOException {
        // Between the link and the state that it names another run may have switched twice and collected.
        for (int attempt = 0; ; attempt++) {
            Optional<Integer> number = number(channel);
            if (number.isEmpty()) {
                return Optional.empty();
            }
            Optional<ChannelState> state = state(channel, number.get());
            if (state.isPresent()) {
                return state;
            }
            if (attempt == 3) {
                throw new IOException(root.resolve(MirrorLayout.state(channel, number.get()))
                        + " is missing, although the channel points to it; publish to the channel again");
            }
        }
    }

    @Override
    public List<ChannelState> history(ChannelName channel) throws IOException {
        Optional<Integer> current = number(channel);
        List<ChannelState> states = new ArrayList<>();
        if (current.isPresent()) {
            for (int number : numbers(channel)) {
                if (number <= current.get()) {
                    state(channel, number).ifPresent(states::add);
                }
            }
        }
        return states;
    }

    @Override
    public ChannelState point(ChannelName channel, Map<RepoId, SnapshotId> changes, Instant now, String why)
            throws IOException {
        try (Locks.Held _ = locks.channel(channel, why)) {
            Map<RepoId, SnapshotId> wanted = new TreeMap<>();
            current(channel).ifPresent(state -> wanted.putAll(state.snapshots()));
            wanted.putAll(changes);
            return change(channel, wanted, now, why);
        }
    }

    @Override
    public List<String> conflicts(ChannelName channel, RepoId repo, SnapshotId snapshot, Instant now)
            throws IOException {
        return views.merged(repo, snapshot, history(channel), now, grace).conflicts();
    }

    @Override
    public ChannelState remove(ChannelName channel, List<RepoId> repos, Instant now, String why) throws IOException {
        try (Locks.Held _ = locks.channel(channel, why)) {
            Map<RepoId, SnapshotId> wanted = new TreeMap<>();
            current(channel).ifPresent(state -> wanted.putAll(state.snapshots()));
            repos.forEach(wanted::remove);
            return change(channel, wanted, now, why);
        }
    }

    private ChannelState change(ChannelName channel, Map<RepoId, SnapshotId> wanted, Instant now, String why)
            throws IOException {
        List<ChannelState> history = history(channel);
        Optional<ChannelState> before = current(channel);
        if (before.isPresent() && before.get().snapshots().equals(wanted)) {
            return before.get();
        }
        Instant since = before.isPresent() && before.get().since().isAfter(now)
                ? before.get().since()
                : now;
        ChannelState after =
                new ChannelState(channel, before.map(ChannelState::number).orElse(0) + 1, since, why, wanted);
        discardAbove(channel, after.number());
        history.add(after);
        Path stage = root.resolve(MirrorLayout.STAGE);
        Path folder = Trees.begin(stage, "channel-" + channel + "-" + after.number());
        try {
            for (Map.Entry<RepoId, SnapshotId> entry : wanted.entrySet()) {
                RepoId repo = entry.getKey();
                Optional<Path> same = before.isPresent()
                                && entry.getValue()
                                        .equals(before.get().snapshots().get(repo))
                        ? shown(channel, before.get().number(), repo)
                        : Optional.empty();
                Path target = same.isPresent() ? same.get() : views.of(repo, entry.getValue(), history, since, grace);
                Files.createSymbolicLink(folder.resolve(repo.text()), target);
            }
            Trees.force(folder);
            Trees.place(folder, root.resolve(MirrorLayout.channel(channel, after.number())));
            new DurableFile(root.resolve(MirrorLayout.state(channel, after.number())))
                    .write(ChannelCodec.format(after));
            generation.change(() -> replaceLink(
                    root.resolve(MirrorLayout.pointer(channel)),
                    Path.of("..", MirrorLayout.channel(channel, after.number()))));
        } catch (IOException e) {
            Trees.deleteAfter(e, folder);
            if (number(channel).filter(n -> n == after.number()).isEmpty()) {
                discardAfter(e, channel, after.number());
            }
            throw e;
        }
        return after;
    }

    /// Replaces a link by one rename.
    static void replaceLink(Path link, Path target) throws IOException {
        Path beside = link.resolveSibling("." + link.getFileName() + ".new");
        Files.deleteIfExists(beside);
        Files.createSymbolicLink(beside, target);
        try {
            Files.move(beside, link, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            Trees.deleteAfter(e, beside);
            throw e;
        }
        Trees.force(link.resolveSibling(""));
    }

    /// What a repository's link in a state's folder says; empty when there is none.
    ///
    /// @throws IOException when that cannot be told: what is collected depends on it
    Optional<Path> link(ChannelName channel, int number, RepoId repo) throws IOException {
        try {
            return Optional.of(Files.readSymbolicLink(place(channel, number, repo)));
        } catch (NoSuchFileException | NotLinkException e) {
            return Optional.empty();
        }
    }

    /// The same of a tree that is there.
    private Optional<Path> shown(ChannelName channel, int number, RepoId repo) throws IOException {
        return link(channel, number, repo).filter(_ -> Files.isDirectory(place(channel, number, repo)));
    }

    private Path place(ChannelName channel, int number, RepoId repo) {
        return root.resolve(MirrorLayout.channel(channel, number)).resolve(repo.text());
    }

    /// Numbers of the states that have a folder or a file, in order.
    Collection<Integer> numbers(ChannelName channel) throws IOException {
        Set<Integer> numbers = new HashSet<>();
        for (String name : Trees.names(root.resolve(MirrorLayout.CHANNELS + "/" + channel))) {
            String digits = name.endsWith(SUFFIX) ? name.substring(0, name.length() - SUFFIX.length()) : name;
            if (digits.matches("[1-9][0-9]{0,8}")) {
                numbers.add(Integer.parseInt(digits));
            }
        }
        return numbers.stream().sorted().toList();
    }

    /// The number of the current state; empty when there is no such channel.
    Optional<Integer> number(ChannelName channel) throws IOException {
        try {
            Path target = Files.readSymbolicLink(root.resolve(MirrorLayout.pointer(channel)));
            String name = target.getFileName().toString();
            return name.matches("[1-9][0-9]{0,8}") ? Optional.of(Integer.parseInt(name)) : Optional.empty();
        } catch (NoSuchFileException | NotLinkException e) {
            return Optional.empty();
        }
    }

    private Optional<ChannelState> state(ChannelName channel, int number) throws IOException {
        Path file = root.resolve(MirrorLayout.state(channel, number));
        try (InputStream in = Files.newInputStream(file)) {
            return Optional.of(ChannelCodec.parse(in));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (ManifestException e) {
            throw new IOException(file + ", " + e.getMessage() + "; was it edited?", e);
        }
    }

    /// Discards states that were prepared by runs that ended before they switched to them.
    void discardAbove(ChannelName channel, int first) throws IOException {
        for (int number : numbers(channel)) {
            if (number >= first) {
                discard(channel, number);
            }
        }
    }

    /// Removes a state that is not the current one.
    void discard(ChannelName channel, int number) throws IOException {
        Files.deleteIfExists(root.resolve(MirrorLayout.state(channel, number)));
        Path folder = root.resolve(MirrorLayout.channel(channel, number));
        if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            Trees.remove(folder, root.resolve(MirrorLayout.STAGE));
        }
    }

    private void discardAfter(IOException failure, ChannelName channel, int number) {
        try {
            discard(channel, number);
        } catch (IOException second) {
            failure.addSuppressed(second);
        }
    }
}
