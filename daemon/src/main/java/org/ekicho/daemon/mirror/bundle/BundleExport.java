package org.ekicho.daemon.mirror.bundle;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.ekicho.daemon.mirror.folder.DiskFullException;
import org.ekicho.daemon.mirror.folder.RepoLock;
import org.ekicho.host.files.FileLatch;
import org.ekicho.mirror.MirrorReason;
import org.ekicho.mirror.RefusedException;
import org.ekicho.mirror.bundle.BundleId;
import org.ekicho.mirror.bundle.BundleManifest;
import org.ekicho.mirror.bundle.BundleSecret;
import org.ekicho.mirror.bundle.ExportRecord;
import org.ekicho.mirror.bundle.ManifestReader;
import org.ekicho.mirror.bundle.ManifestWriter;
import org.ekicho.mirror.bundle.Sha256;
import org.ekicho.mirror.bundle.SignatureFile;
import org.ekicho.mirror.bundle.VolumeReader;
import org.ekicho.mirror.bundle.VolumeSpec;

/// Writes bundles. A bundle is finished when its signature is there, which is written last; until then its folder has
/// a file `unfinished`. An export that was interrupted goes on when the same is asked for again, and is cleared away
/// when something else is.
public final class BundleExport {
    /// What the names of bundles' folders begin with.
    public static final String FOLDER_PREFIX = "ekicho-bundle-";

    private static final String UNFINISHED = "unfinished";

    /// What the kernel says of EFBIG: FAT32 ends at 4 GiB.
    private static final String FILE_TOO_LARGE = "File too large";

    /// Kept free on the stick, for its file system's own tables.
    private static final long MARGIN_BYTES = 1 << 20;

    private final BundleDesk desk;
    private final ExportPlanner planner;

    public BundleExport(BundleDesk desk) {
        this.desk = desk;
        this.planner = new ExportPlanner(desk);
    }

    /// What was written.
    ///
    /// @param folder   the bundle
    /// @param bytes    of all volumes
    /// @param reused   volumes that an interrupted export had written
    public record Report(ExportPlan plan, Path folder, long bytes, int reused) {}

    /// What would be written.
    public ExportPlan plan(ExportOrder order, String site, Instant now) throws IOException {
        return planner.plan(order, site, now);
    }

    /// @param progress is told about each volume
    public Report run(ExportOrder order, BundleSecret secret, Instant now, Consumer<String> progress)
            throws IOException {
        try (FileLatch _ = desk.lock();
                RepoLock _ = desk.folder().keepContents()) {
            ExportPlan fresh = planner.plan(order, secret.site(), now);
            Path to = Files.createDirectories(order.to());
            Optional<Path> begun = interrupted(to, fresh.draft());
            Path folder = begun.orElse(to.resolve(FOLDER_PREFIX + fresh.draft().id()));
            BundleId id = new BundleId(SafeFiles.name(folder).substring(FOLDER_PREFIX.length()));
            BundleManifest draft = ExportPlanner.named(fresh.draft(), id);
            requireRoom(to, folder, draft);
            try {
                if (begun.isEmpty()) {
                    begin(folder);
                }
                ExportPlan plan = new ExportPlan(draft, exported(fresh, id), fresh.unknown(), fresh.news());
                return write(order, secret, plan, folder, progress);
            } catch (IOException e) {
                throw told(e, order);
            }
        }
    }

    /// What the stick has to say, in words that help.
    private static IOException told(IOException failure, ExportOrder order) {
        if (String.valueOf(failure.getMessage()).contains(FILE_TOO_LARGE)) {
            return new IOException(
                    order.to() + " holds no file of " + order.volumeBytes()
                            + " bytes; export again with a smaller --volume-size, such as 2G-1",
                    failure);
        }
        return DiskFullException.tell(
                failure, order.to(), "free some and export the same again: it goes on where it was");
    }

    private static ExportRecord exported(ExportPlan plan, BundleId id) {
        return new ExportRecord(id, plan.exported().snapshots(), plan.exported().objects());
    }

    private Report write(
            ExportOrder order, BundleSecret secret, ExportPlan plan, Path folder, Consumer<String> progress)
            throws IOException {
        BundleManifest draft = plan.draft();
        VolumeWriter writer = new VolumeWriter(desk.folder().store());
        List<VolumeSpec> volumes = new ArrayList<>();
        int reused = 0;
        for (VolumeSpec volume : draft.volumes()) {
            Path file = folder.resolve(volume.fileName());
            Optional<String> there = finished(draft, volume, file);
            reused += there.isPresent() ? 1 : 0;
            String sha256 = there.isPresent() ? there.get() : writer.write(draft, volume, file);
            volumes.add(new VolumeSpec(volume.number(), volume.size(), sha256, volume.parts()));
            progress.accept(
                    "volume " + volume.number() + " of " + draft.volumes().size() + ": " + volume.size() + " bytes"
                            + (there.isPresent() ? ", written by the interrupted export" : ""));
        }
        BundleManifest manifest = new BundleManifest(
                draft.id(), draft.site(), draft.made(), draft.base(), draft.snapshots(), draft.channels(), volumes);
        byte[] text = ManifestWriter.encode(manifest);
        try {
            ManifestReader.decode(text).orThrow();
        } catch (RefusedException e) {
            throw new IllegalStateException("a manifest that its own reader refuses: " + e.refusal(), e);
        }
        SafeFiles.write(folder.resolve(BundleManifest.FILE_NAME), text);
        SafeFiles.write(
                folder.resolve(SignatureFile.FILE_NAME), SignatureFile.encode(secret, SignatureFile.MANIFEST, text));
        Files.deleteIfExists(folder.resolve(UNFINISHED));
        desk.remember(plan.exported(), order.receiver());
        return new Report(
                new ExportPlan(manifest, plan.exported(), plan.unknown(), plan.news()),
                folder,
                manifest.volumeBytes(),
                reused);
    }

    /// The folder of an interrupted export of the same content. Those of other contents are cleared away.
    private static Optional<Path> interrupted(Path to, BundleManifest draft) throws IOException {
        Optional<Path> again = Optional.empty();
        for (Path folder : SafeFiles.list(to)) {
            String name = SafeFiles.name(folder);
            boolean ours = name.startsWith(FOLDER_PREFIX) && isUnfinished(folder);
            String id = ours ? name.substring(FOLDER_PREFIX.length()) : "";
            if (!ours || !BundleId.isValid(id)) {
                continue;
            }
            if (new BundleId(id).digits().equals(draft.id().digits())) {
                again = Optional.of(folder);
            } else {
                SafeFiles.deleteTree(folder);
            }
        }
        return again;
    }

    private static void begin(Path folder) throws IOException {
        Files.createDirectory(folder);
        SafeFiles.write(folder.resolve(UNFINISHED), new byte[0]);
    }

    /// Also a folder that is empty: killed before it said so.
    private static boolean isUnfinished(Path folder) throws IOException {
        return Files.exists(folder.resolve(UNFINISHED))
                || (Files.isDirectory(folder) && SafeFiles.list(folder).isEmpty());
    }

    /// The checksum of a volume that is there already and good.
    private static Optional<String> finished(BundleManifest draft, VolumeSpec volume, Path file) throws IOException {
        if (!SafeFiles.isRegular(file) || Files.size(file) != volume.size()) {
            return Optional.empty();
        }
        MessageDigest digest = Sha256.digest();
        byte[] buffer = new byte[1 << 20];
        try (InputStream in = SafeFiles.open(file)) {
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                digest.update(buffer, 0, length);
            }
        }
        String sha256 = HexFormat.of().formatHex(digest.digest());
        try (InputStream in = SafeFiles.open(file)) {
            VolumeSpec known = new VolumeSpec(volume.number(), volume.size(), sha256, volume.parts());
            VolumeReader.read(in, draft, known, new Discard());
            return Optional.of(sha256);
        } catch (RefusedException e) {
            return Optional.empty();
        }
    }

    private static void requireRoom(Path to, Path folder, BundleManifest draft) throws IOException {
        long wanted = MARGIN_BYTES + 2L * ManifestWriter.length(draft);
        for (VolumeSpec volume : draft.volumes()) {
            wanted += Files.exists(folder.resolve(volume.fileName())) ? 0 : volume.size();
        }
        for (Path file : SafeFiles.list(folder)) {
            wanted -= SafeFiles.name(file).endsWith(SafeFiles.PART) ? Files.size(file) : 0;
        }
        long free = Files.getFileStore(to).getUsableSpace();
        if (free < wanted) {
            throw new DiskFullException(MirrorReason.DISK_FULL.sentence() + " of " + to + ": the bundle takes " + wanted
                    + " bytes and there are " + free + "; free some, or export fewer repositories or with --since");
        }
    }
}
