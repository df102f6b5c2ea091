package org.ekicho.daemon.mirror.sync;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ekicho.daemon.mirror.folder.MirrorFolder;
import org.ekicho.host.files.BoundedRead;
import org.ekicho.host.files.DurableFile;
import org.ekicho.mirror.settings.ChannelName;
import org.ekicho.mirror.settings.RepoId;
import org.ekicho.mirror.snapshot.Snapshot;
import org.ekicho.mirror.snapshot.SnapshotFile;
import org.ekicho.site.repofile.RepoFile;
import org.ekicho.site.repofile.RepoLine;

/// Takes a repository out of a mirror: first what that means, then the deed.
public final class RepoRemoving {
    private RepoRemoving() {}

    /// What the removal of a repository means.
    ///
    /// @param snapshots how many there are
    /// @param packages  in the newest
    /// @param bytes     of the newest
    /// @param channels  that point to it
    /// @param file      of `repos.d` that has its section
    /// @param clients   that used it lately, as the access log says; empty without a log
    public record Effect(
            RepoId repo,
            int snapshots,
            long packages,
            long bytes,
            List<ChannelName> channels,
            Optional<Path> file,
            List<String> clients) {
        public Effect {
            channels = List.copyOf(channels);
            clients = List.copyOf(clients);
        }

        /// The same with the clients that are affected.
        public Effect usedBy(List<String> addresses) {
            return new Effect(repo, snapshots, packages, bytes, channels, file, addresses);
        }
    }

    /// Empty when neither a file nor a snapshot knows the repository.
    public static Optional<Effect> effect(MirrorFolder folder, RepoId repo) throws IOException {
        Optional<Path> file = Optional.empty();
        for (Path candidate : RepoFolder.files(folder)) {
            if (RepoFolder.read(candidate).stream().anyMatch(r -> r.id().equals(repo))) {
                file = Optional.of(candidate);
            }
        }
        int snapshots = folder.snapshots().list(repo).size();
        if (file.isEmpty() && snapshots == 0) {
            return Optional.empty();
        }
        Optional<Snapshot> newest = folder.snapshots().newest(repo);
        List<SnapshotFile> files = newest.map(Snapshot::files).orElse(List.of());
        List<ChannelName> channels = new ArrayList<>();
        for (ChannelName channel : folder.channels().names()) {
            boolean points = folder.channels()
                    .current(channel)
                    .filter(state -> state.snapshots().containsKey(repo))
                    .isPresent();
            if (points) {
                channels.add(channel);
            }
        }
        return Optional.of(new Effect(
                repo,
                snapshots,
                files.stream()
                        .filter(f -> f.kind() == SnapshotFile.Kind.PACKAGE)
                        .count(),
                files.stream().mapToLong(SnapshotFile::size).sum(),
                channels,
                file,
                List.of()));
    }

    /// The caller holds the repository's lock.
    public static void apply(MirrorFolder folder, Effect effect, Instant now) throws IOException {
        if (effect.file().isPresent()) {
            Path file = effect.file().get();
            String rest = without(BoundedRead.text(file, RepoFolder.MAX_FILE_BYTES), effect.repo());
            if (rest.isBlank()) {
                Files.delete(file);
            } else {
                new DurableFile(file).write(rest.getBytes(StandardCharsets.UTF_8));
            }
        }
        for (ChannelName channel : effect.channels()) {
            folder.channels().remove(channel, List.of(effect.repo()), now, "remove");
        }
    }

    private static String without(String text, RepoId repo) {
        StringBuilder out = new StringBuilder();
        boolean goes = false;
        for (RepoLine line : RepoFile.parse(text).lines()) {
            if (line.form() instanceof RepoLine.Form.Header(String id, String _)) {
                goes = id.equals(repo.text());
            }
            out.append(goes ? "" : line.whole());
        }
        return out.toString();
    }
}
