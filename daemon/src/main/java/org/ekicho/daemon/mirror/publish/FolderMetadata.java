package org.ekicho.daemon.mirror.publish;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.ekicho.daemon.mirror.folder.MirrorFolder;
import org.ekicho.daemon.mirror.index.IndexProgress;
import org.ekicho.daemon.mirror.index.IndexResult;
import org.ekicho.daemon.mirror.index.IndexSettings;
import org.ekicho.daemon.mirror.index.Indexer;
import org.ekicho.daemon.mirror.index.KeyFileSigner;
import org.ekicho.daemon.mirror.index.RepomdSigner;
import org.ekicho.mirror.settings.ClientGeneration;
import org.ekicho.mirror.settings.RepoId;
import org.ekicho.mirror.settings.RepoSettings;
import org.ekicho.mirror.snapshot.MirrorLayout;

/// The metadata of a folder of own packages.
///
/// @param folder   the folder that `repodata/` is in
/// @param packages how many packages it describes; 0 when it was there before
/// @param bytes    of these
/// @param bad      packages that could not be described, each with the reason
public record FolderMetadata(Path folder, long packages, long bytes, List<String> bad) {
    public FolderMetadata {
        bad = List.copyOf(bad);
    }

    /// What the folder has by itself; else it is made now, in the mirror's cache, so that nothing is written to the
    /// folder and the next time costs only what is new. The caller holds the repository's lock.
    public static FolderMetadata of(MirrorFolder mirror, RepoId repo, Path source) throws IOException {
        if (Files.exists(source.resolve(MirrorLayout.REPOMD))) {
            return new FolderMetadata(source, 0, 0, List.of());
        }
        Optional<RepoSettings> settings = mirror.settings().repo(repo);
        Path index = Files.createDirectories(mirror.cache(repo).resolve("index"));
        IndexSettings wanted = IndexSettings.of(
                        source, settings.map(RepoSettings::generation).orElse(ClientGeneration.EL7))
                .in(index)
                .with(new IndexSettings.Effort(
                        IndexSettings.Effort.FULL.workers(),
                        IndexSettings.Reuse.UNCHANGED_PACKAGES,
                        IndexSettings.Digests.VERIFIED,
                        IndexSettings.Outcome.PUBLISHED));
        Optional<String> key = settings.flatMap(RepoSettings::signingKey);
        Optional<RepomdSigner> signer = key.isEmpty()
                ? Optional.empty()
                : Optional.of(KeyFileSigner.open(Path.of(key.get()), new char[0], InstantSource.system()));
        IndexResult result = new Indexer(wanted, signer, InstantSource.system()).run(IndexProgress.NONE);
        return new FolderMetadata(
                index,
                result.packages(),
                result.packageBytes(),
                result.skipped().stream().map(String::valueOf).toList());
    }
}
