package org.ekicho.daemon.mirror;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.ekicho.daemon.mirror.folder.MirrorFolder;
import org.ekicho.host.files.BoundedRead;
import org.ekicho.host.files.DurableFile;
import org.ekicho.mirror.settings.ChannelName;
import org.ekicho.mirror.settings.ClientGeneration;
import org.ekicho.mirror.settings.MirrorSettings;
import org.ekicho.mirror.settings.RepoId;
import org.ekicho.mirror.settings.RepoSettings;
import org.ekicho.mirror.settings.RepoSettings.Check;
import org.ekicho.mirror.settings.Selection;
import org.ekicho.mirror.signature.Keyring;
import org.ekicho.mirror.signature.OpenPgpSigner;
import org.ekicho.mirror.snapshot.ChannelState;
import org.ekicho.mirror.snapshot.MirrorLayout;
import org.ekicho.mirror.snapshot.Snapshot;
import org.ekicho.mirror.snapshot.SnapshotFile;
import org.ekicho.mirror.snapshot.SnapshotId;
import org.ekicho.site.clientconfig.PublishedKeys;

/// What clients find beside packages: public keys below `www/keys`, old addresses of repositories; and which
/// repositories a channel has for them. Whoever publishes or begins to serve brings it up to date.
///
/// @param folder   the mirror
/// @param settings what was decided about it
public record ClientSide(MirrorFolder folder, MirrorSettings settings) {
    private static final String SIGNATURE = MirrorLayout.REPOMD + ".asc";
    private static final String KEY = MirrorLayout.REPOMD + ".key";

    /// Brings keys and old addresses up to date.
    ///
    /// @return what could not be done and why, one sentence each
    /// @throws IOException when the folder cannot be written
    public List<String> refresh() throws IOException {
        List<String> problems = new ArrayList<>(folder.aliases().apply(settings.repos()));
        Set<RepoId> shown = shown();
        for (Map.Entry<String, String> key :
                new TreeMap<>(PublishedKeys.of(settings).files()).entrySet()) {
            boolean needed = settings.repos().stream()
                    .anyMatch(
                            repo -> shown.contains(repo.id()) && repo.gpgKeys().contains(key.getValue()));
            if (needed) {
                copy(key.getValue(), key.getKey(), problems);
            }
        }
        for (Map.Entry<RepoId, byte[]> key : signingKeys(problems).entrySet()) {
            write(PublishedKeys.signing(key.getKey()), key.getValue());
        }
        return problems;
    }

    /// The repositories that some channel has.
    private Set<RepoId> shown() throws IOException {
        Set<RepoId> shown = new LinkedHashSet<>();
        for (ChannelName channel : folder.channels().names()) {
            folder.channels()
                    .current(channel)
                    .ifPresent(state -> shown.addAll(state.snapshots().keySet()));
        }
        return shown;
    }

    private void copy(String from, String name, List<String> problems) throws IOException {
        Path file = Path.of(from.startsWith("file://") ? from.substring("file://".length()) : from);
        byte[] bytes;
        try {
            bytes = BoundedRead.bytes(file, Keyring.MAX_FILE_BYTES);
            Keyring.decode(bytes);
        } catch (IOException e) {
            problems.add("clients cannot be given the key " + file + ": "
                    + (Files.exists(file)
                            ? e.getMessage()
                            : "it is not there; put it there, or name another one in keys of [[mirror.repo]]"));
            return;
        }
        write(name, bytes);
    }

    /// The public half of each key that signs metadata here: of a `sign-with`, and of what was signed before it
    /// was published. Channels may show states that different keys signed: all of them are in the file.
    private Map<RepoId, byte[]> signingKeys(List<String> problems) throws IOException {
        Map<RepoId, Set<String>> texts = new LinkedHashMap<>();
        for (RepoSettings repo : settings.repos()) {
            if (repo.signingKey().isPresent()) {
                Path key = Path.of(repo.signingKey().get());
                try {
                    byte[] secret = BoundedRead.bytes(key, OpenPgpSigner.MAX_FILE_BYTES);
                    add(
                            texts,
                            repo.id(),
                            OpenPgpSigner.open(secret, new char[0]).publicKey());
                    Arrays.fill(secret, (byte) 0);
                } catch (IOException e) {
                    problems.add("clients of " + repo.id() + " cannot be given its signing key " + key + ": "
                            + e.getMessage());
                }
            }
        }
        for (ChannelName channel : folder.channels().names()) {
            Optional<ChannelState> state = folder.channels().current(channel);
            for (Map.Entry<RepoId, SnapshotId> each :
                    state.map(ChannelState::sorted).orElse(Map.of()).entrySet()) {
                Optional<Path> key =
                        isOurs(each.getKey()) ? file(each.getKey(), each.getValue(), KEY) : Optional.empty();
                if (key.isPresent()) {
                    byte[] bytes = BoundedRead.bytes(key.get(), Keyring.MAX_FILE_BYTES);
                    try {
                        Keyring.decode(bytes);
                        add(texts, each.getKey(), bytes);
                    } catch (IOException e) {
                        problems.add(
                                "clients of " + each.getKey() + " cannot be given its " + KEY + ": " + e.getMessage());
                    }
                }
            }
        }
        Map<RepoId, byte[]> keys = new LinkedHashMap<>();
        texts.forEach((repo, parts) -> keys.put(repo, String.join("", parts).getBytes(StandardCharsets.ISO_8859_1)));
        return keys;
    }

    private static void add(Map<RepoId, Set<String>> texts, RepoId repo, byte[] key) {
        String text = new String(key, StandardCharsets.ISO_8859_1);
        texts.computeIfAbsent(repo, _ -> new LinkedHashSet<>()).add(text.endsWith("\n") ? text : text + "\n");
    }

    /// Whether the site vouches for what lies beside the metadata: it published it, or took it from its own bundle.
    private boolean isOurs(RepoId repo) {
        return settings.repo(repo)
                .map(known -> !(known.source() instanceof RepoSettings.Source.Remote))
                .orElse(true);
    }

    private void write(String name, byte[] bytes) throws IOException {
        Path file = Files.createDirectories(folder.root().resolve(MirrorLayout.KEYS))
                .resolve(name);
        // A public key is for every web server and rsync that has the folder; earlier versions wrote 0640.
        if (!Files.isRegularFile(file)
                || !Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_READ)
                || !Arrays.equals(bytes, Files.readAllBytes(file))) {
            new DurableFile(file).writePublic(bytes);
        }
    }

    /// The settings as clients of a channel meet them: the repositories that are in it, also those that no file
    /// speaks of, each with the signatures that its metadata really has. All where there is no such channel yet.
    public MirrorSettings of(ChannelName channel) throws IOException {
        Optional<ChannelState> state = folder.channels().current(channel);
        if (state.isEmpty() || state.get().snapshots().isEmpty()) {
            return settings;
        }
        List<RepoSettings> repos = new ArrayList<>();
        Map<RepoId, SnapshotId> unsaid = new TreeMap<>(state.get().snapshots());
        for (RepoSettings repo : settings.repos()) {
            SnapshotId id = unsaid.remove(repo.id());
            if (id != null) {
                repos.add(signed(repo, id));
            }
        }
        for (Map.Entry<RepoId, SnapshotId> each : unsaid.entrySet()) {
            repos.add(signed(unsaid(each.getKey()), each.getValue()));
        }
        return settings.withRepos(repos);
    }

    private static RepoSettings unsaid(RepoId id) {
        return new RepoSettings(
                id,
                id.text(),
                new RepoSettings.Source.Bundles(),
                true,
                Set.of(),
                List.of(),
                Selection.ALL,
                ClientGeneration.EL5,
                Optional.empty(),
                List.of());
    }

    private RepoSettings signed(RepoSettings repo, SnapshotId id) throws IOException {
        boolean isSigned = file(repo.id(), id, SIGNATURE).isPresent();
        Path key = folder.root().resolve(MirrorLayout.KEYS).resolve(PublishedKeys.signing(repo.id()));
        Set<Check> checks = new LinkedHashSet<>(repo.checks());
        List<String> keys = new ArrayList<>(repo.gpgKeys());
        if (!isSigned) {
            checks.remove(Check.METADATA);
        } else if (repo.signingKey().isEmpty() && isOurs(repo.id()) && Files.isRegularFile(key)) {
            checks.add(Check.METADATA);
            keys.add(key.toString());
        }
        return new RepoSettings(
                repo.id(),
                repo.name(),
                repo.source(),
                repo.enabled(),
                checks,
                keys,
                repo.selection(),
                repo.generation(),
                isSigned ? repo.signingKey() : Optional.empty(),
                repo.aliases(),
                repo.wishes());
    }

    private Optional<Path> file(RepoId repo, SnapshotId id, String path) throws IOException {
        Optional<Snapshot> snapshot = folder.snapshots().read(repo, id);
        return snapshot.flatMap(s -> s.files().stream()
                        .filter(file -> file.kind() == SnapshotFile.Kind.ROOT
                                && file.path().equals(path))
                        .findFirst())
                .map(file -> folder.store().path(file.sha256()));
    }
}
