package org.ekicho.daemon.mirror.publish;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.ekicho.daemon.mirror.folder.MirrorFolder;
import org.ekicho.host.files.BoundedRead;
import org.ekicho.mirror.MirrorReason;
import org.ekicho.mirror.Reading;
import org.ekicho.mirror.RefusedException;
import org.ekicho.mirror.codec.Codec;
import org.ekicho.mirror.codec.CodecException;
import org.ekicho.mirror.codec.OpenLimits;
import org.ekicho.mirror.hash.Checksum;
import org.ekicho.mirror.hash.HashType;
import org.ekicho.mirror.metadata.PackageEntry;
import org.ekicho.mirror.metadata.PrimaryReader;
import org.ekicho.mirror.metadata.TreeInfo;
import org.ekicho.mirror.metadata.TreeInfoReader;
import org.ekicho.mirror.repodata.Repomd;
import org.ekicho.mirror.repodata.RepomdReader;
import org.ekicho.mirror.repodata.RepomdRecord;
import org.ekicho.mirror.settings.RepoId;
import org.ekicho.mirror.snapshot.MirrorLayout;
import org.ekicho.mirror.snapshot.SnapshotFile;

/// Takes a createrepo-shaped folder into the mirror: everything that its metadata names, every byte checked against it.
/// Nothing is published here; contents that were taken before a fault was found are of no harm, and gc frees them.
public final class FolderIntake {
    /// Faults that are listed; more of them mean that the whole is not what it should be.
    private static final int MAX_FAULTS = 1_000;

    private static final int BUFFER = 1 << 16;

    private final MirrorFolder folder;
    private final Path source;
    private final Path metadata;
    private final Optional<Path> stage;
    private final List<SnapshotFile> files = new ArrayList<>();
    private final List<Fault> faults = new ArrayList<>();
    private final Set<String> paths = new HashSet<>();
    private final FileIntake intake;

    private FolderIntake(MirrorFolder folder, Path source, Path metadata, Optional<Path> stage) {
        this.folder = folder;
        this.source = source;
        this.metadata = metadata;
        this.stage = stage;
        this.intake = new FileIntake(source, metadata, folder.store(), stage);
    }

    /// Checks only.
    ///
    /// @param source   the folder
    /// @param metadata the folder that `repodata/` is in, mostly the same
    public static Intake check(MirrorFolder folder, Path source, Path metadata) throws IOException {
        return new FolderIntake(folder, source, metadata, Optional.empty()).run();
    }

    /// Checks and takes into the store; the caller holds the repository's lock.
    public static Intake take(MirrorFolder folder, Path source, Path metadata, RepoId repo) throws IOException {
        return new FolderIntake(folder, source, metadata, Optional.of(folder.stage(repo))).run();
    }

    private Intake run() throws IOException {
        byte[] root = BoundedRead.bytes(metadata.resolve(MirrorLayout.REPOMD), RepomdReader.MAX_BYTES);
        Repomd repomd;
        try {
            repomd = RepomdReader.read(new ByteArrayInputStream(root)).orThrow();
        } catch (RefusedException e) {
            return failed(MirrorLayout.REPOMD, e);
        }
        take(new FileIntake.Expected(
                MirrorLayout.REPOMD, SnapshotFile.Kind.ROOT, OptionalLong.of(root.length), Optional.of(sha256(root))));
        for (String companion : List.of(".asc", ".key")) {
            if (Files.exists(metadata.resolve(MirrorLayout.REPOMD + companion))) {
                take(MirrorLayout.REPOMD + companion, SnapshotFile.Kind.ROOT);
            }
        }
        for (RepomdRecord record : repomd.records()) {
            take(new FileIntake.Expected(
                    record.location(), SnapshotFile.Kind.METADATA, record.size(), Optional.of(record.checksum())));
        }
        if (faults.isEmpty()) {
            takePackages(repomd);
            takeTree();
        }
        files.sort(Comparator.comparing(SnapshotFile::path));
        return new Intake(repomd.revision(), files, faults);
    }

    private static Checksum sha256(byte[] bytes) {
        try {
            byte[] digest =
                    MessageDigest.getInstance(HashType.SHA256.algorithm()).digest(bytes);
            return new Checksum(HashType.SHA256, HexFormat.of().formatHex(digest));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /// Where a file that was taken can be read: in the store, where it changes no more, or where it came from.
    private Path taken(String path) {
        Optional<SnapshotFile> file =
                files.stream().filter(each -> each.path().equals(path)).findFirst();
        return stage.isPresent() && file.isPresent()
                ? folder.store().path(file.get().sha256())
                : metadata.resolve(path);
    }

    private void takePackages(Repomd repomd) throws IOException {
        Optional<RepomdRecord> primary = repomd.record("primary");
        if (primary.isEmpty()) {
            faults.add(new Fault(MirrorLayout.REPOMD, MirrorReason.MALFORMED, "it names no primary.xml"));
            return;
        }
        long bytes = 0;
        PrimaryReader.Primary packages;
        try (InputStream raw = new BufferedInputStream(
                        Files.newInputStream(taken(primary.get().location())), BUFFER);
                InputStream in = Codec.ofName(primary.get().location())
                        .decompressing(raw, OpenLimits.of(primary.get().openSize()))) {
            packages = PrimaryReader.readTable(in).orThrow();
        } catch (RefusedException e) {
            failed(primary.get().location(), e);
            return;
        } catch (CodecException e) {
            faults.add(new Fault(primary.get().location(), e.reason(), String.valueOf(e.getMessage())));
            return;
        }
        packages.rejected()
                .forEach(rejected -> faults.add(new Fault(
                        rejected.what(),
                        rejected.refusal().reason(),
                        rejected.refusal().detail())));
        for (PackageEntry each : packages.packages()) {
            bytes += each.sizes().packageFile();
        }
        folder.requireRoom(bytes);
        for (PackageEntry each : packages.packages()) {
            if (each.base().isPresent()) {
                faults.add(new Fault(
                        each.path().text(),
                        MirrorReason.BAD_LOCATION,
                        "it lies elsewhere (xml:base), where clients would fetch it past this mirror; index the folder without"
                                + " an address of its own"));
            } else {
                take(new FileIntake.Expected(
                        each.path().text(),
                        SnapshotFile.Kind.PACKAGE,
                        OptionalLong.of(each.sizes().packageFile()),
                        Optional.of(each.pkgid())));
            }
            if (faults.size() > MAX_FAULTS) {
                return;
            }
        }
    }

    /// An install tree comes along when `.treeinfo` is there: what it names, checked where it has a checksum.
    private void takeTree() throws IOException {
        for (String name : List.of(".treeinfo", "treeinfo")) {
            if (!Files.isRegularFile(source.resolve(name))) {
                continue;
            }
            Reading<TreeInfo> reading;
            try (InputStream in = Files.newInputStream(source.resolve(name))) {
                reading = TreeInfoReader.read(in);
            }
            try {
                TreeInfo tree = reading.orThrow();
                take(name, SnapshotFile.Kind.TREE);
                for (TreeInfo.TreeFile file : tree.files()) {
                    boolean needed = file.origin() == TreeInfo.Origin.NAMED;
                    if (needed || Files.isRegularFile(source.resolve(file.path().text()))) {
                        take(new FileIntake.Expected(
                                file.path().text(), SnapshotFile.Kind.TREE, OptionalLong.empty(), file.checksum()));
                    }
                }
            } catch (RefusedException e) {
                failed(name, e);
            }
        }
    }

    private void take(String path, SnapshotFile.Kind kind) throws IOException {
        take(new FileIntake.Expected(path, kind, OptionalLong.empty(), Optional.empty()));
    }

    private void take(FileIntake.Expected expected) throws IOException {
        if (!paths.add(expected.path())) {
            return;
        }
        switch (intake.take(expected)) {
            case FileIntake.Result.Good(SnapshotFile file) -> files.add(file);
            case FileIntake.Result.Bad(Fault fault) -> faults.add(fault);
        }
    }

    private Intake failed(String path, RefusedException e) {
        faults.add(new Fault(path, e.refusal().reason(), e.refusal().detail()));
        return new Intake("", files, faults);
    }
}
