package org.ekicho.daemon.mirror.sync;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ekicho.host.files.BoundedRead;
import org.ekicho.mirror.MirrorReason;
import org.ekicho.mirror.Reading;
import org.ekicho.mirror.codec.Codec;
import org.ekicho.mirror.codec.CodecException;
import org.ekicho.mirror.filter.KeptPackages;
import org.ekicho.mirror.filter.ModulesFilter;
import org.ekicho.mirror.filter.PackageListFilter;
import org.ekicho.mirror.filter.UpdateInfoFilter;
import org.ekicho.mirror.hash.Checksum;
import org.ekicho.mirror.hash.HashType;
import org.ekicho.mirror.metadata.TreeInfoText;
import org.ekicho.mirror.repodata.MetadataRoots;
import org.ekicho.mirror.repodata.Repomd;
import org.ekicho.mirror.repodata.RepomdRecord;
import org.ekicho.mirror.repodata.RepomdWriter;
import org.ekicho.mirror.settings.RepoSettings;
import org.ekicho.mirror.signature.OpenPgpSigner;
import org.ekicho.mirror.snapshot.MirrorLayout;
import org.ekicho.mirror.snapshot.SnapshotFile;
import org.ekicho.mirror.sync.RecordStep;
import org.ekicho.mirror.sync.Selected;
import org.ekicho.mirror.sync.SyncPlan;

/// Writes metadata anew for the packages that are kept.
record Rebuilding(RecordStage records, Publication publication, RepoSettings repo, Path stage) {
    /// @return the files of the snapshot that are no packages
    List<SnapshotFile> rebuild(
            Pinned pinned,
            SyncPlan plan,
            Selected selected,
            Map<String, String> metadata,
            Optional<TreeStage.Tree> tree)
            throws IOException, SyncFailure {
        KeptPackages kept = plan.keptPackages()
                .orElseThrow(() -> new IllegalStateException("metadata is rebuilt without a selection"));
        List<SnapshotFile> files = new ArrayList<>();
        List<RepomdRecord> rebuilt = new ArrayList<>();
        for (RecordStep step : plan.records()) {
            String sha256 = metadata.getOrDefault(step.record().type(), "");
            switch (step.fate()) {
                case DROPPED -> {}
                case KEPT -> {
                    rebuilt.add(step.record());
                    files.add(publication.record(step.record(), sha256));
                }
                case REBUILT -> {
                    Path file = stage.resolve("rebuilt-" + step.record().type());
                    RepomdRecord record = write(step.record(), sha256, file, kept, selected);
                    rebuilt.add(record);
                    files.add(publication.take(
                            file, record.location(), publication.now().getEpochSecond(), SnapshotFile.Kind.METADATA));
                }
            }
        }
        Repomd repomd = new Repomd(pinned.repomd().revision(), pinned.repomd().tags(), rebuilt);
        byte[] root = RepomdWriter.write(repomd);
        files.add(publication.take(root, MirrorLayout.REPOMD, SnapshotFile.Kind.ROOT));
        if (repo.signingKey().isPresent()) {
            byte[] signature = signature(Path.of(repo.signingKey().get()), root);
            files.add(publication.take(signature, MirrorLayout.REPOMD + ".asc", SnapshotFile.Kind.ROOT));
        }
        if (tree.isPresent()) {
            files.add(tree(tree.get(), root));
        }
        return files;
    }

    private byte[] signature(Path key, byte[] root) throws IOException, SyncFailure {
        try {
            return OpenPgpSigner.open(BoundedRead.bytes(key, OpenPgpSigner.MAX_FILE_BYTES), new char[0])
                    .sign(root, publication.now());
        } catch (IOException e) {
            throw new SyncFailure(
                    MirrorReason.BAD_SIGNATURE,
                    "the rebuilt repomd.xml cannot be signed with " + key + ": " + e.getMessage());
        }
    }

    /// Its line about repomd.xml must be right for installers that check it.
    private SnapshotFile tree(TreeStage.Tree tree, byte[] repomd) throws IOException {
        String text = Files.readString(tree.file(), StandardCharsets.ISO_8859_1);
        String changed = TreeInfoText.withRepomd(text, new Checksum(HashType.SHA256, Digests.sha256(repomd)));
        return publication.take(changed.getBytes(StandardCharsets.ISO_8859_1), tree.path(), SnapshotFile.Kind.TREE);
    }

    private RepomdRecord write(RepomdRecord from, String sha256, Path file, KeptPackages kept, Selected selected)
            throws IOException, SyncFailure {
        Codec codec = repo.generation().readsZstd() ? Codec.ZSTD : Codec.GZ;
        String suffix = from.type().equals("modules") ? ".yaml" : ".xml";
        PackedFile packed = new PackedFile(file, codec, repo.generation().checksum());
        try (InputStream in = records.open(from, sha256);
                OutputStream out = new BufferedOutputStream(packed, 64 << 10)) {
            if (copy(from.type(), in, out, kept, selected) instanceof Reading.Refused<Integer>(var refusal)) {
                throw SyncFailure.of(from.location(), refusal);
            }
        } catch (CodecException e) {
            throw new SyncFailure(e.reason(), from.location() + ": " + e.getMessage());
        }
        return packed.record(from.type(), suffix, publication.now().getEpochSecond());
    }

    private static Reading<Integer> copy(
            String type, InputStream in, OutputStream out, KeptPackages kept, Selected selected)
            throws IOException, SyncFailure {
        return switch (type) {
            case "primary" -> PackageListFilter.copy(MetadataRoots.PRIMARY, in, out, kept);
            case "filelists" -> PackageListFilter.copy(MetadataRoots.FILELISTS, in, out, kept);
            case "other" -> PackageListFilter.copy(MetadataRoots.OTHER, in, out, kept);
            case "updateinfo" -> UpdateInfoFilter.copy(in, out, kept);
            case "modules" -> ModulesFilter.copy(in, out, selected.streams());
            default -> throw new SyncFailure(MirrorReason.MALFORMED, "metadata of type " + type + " cannot be rebuilt");
        };
    }
}
