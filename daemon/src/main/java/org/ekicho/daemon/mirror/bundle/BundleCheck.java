package org.ekicho.daemon.mirror.bundle;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.ekicho.mirror.MirrorReason;
import org.ekicho.mirror.Refusal;
import org.ekicho.mirror.RefusedException;
import org.ekicho.mirror.bundle.BundleKey;
import org.ekicho.mirror.bundle.VolumeReader;
import org.ekicho.mirror.bundle.VolumeSpec;

/// Checks bundles on any machine: no mirror's folder is needed.
public final class BundleCheck {
    private BundleCheck() {}

    /// What was found of one bundle.
    ///
    /// @param key     fingerprint of who signed it
    /// @param missing numbers of volumes that are not there
    public record Verdict(
            String id,
            String site,
            String key,
            String basedOn,
            int snapshots,
            int objects,
            long bytes,
            List<Integer> missing) {
        public Verdict {
            missing = List.copyOf(missing);
        }
    }

    /// Reads every byte.
    ///
    /// @param pinned who must have signed; empty: anybody, and it is for the reader to compare the fingerprint
    /// @throws BundleRefusedException at the first thing that is wrong
    public static List<Verdict> verify(List<Path> folders, Optional<BundleKey> pinned, Consumer<String> progress)
            throws IOException, BundleRefusedException {
        List<Verdict> verdicts = new ArrayList<>();
        BundleFinder.Found found = BundleFinder.find(folders, List.of());
        if (!found.strays().isEmpty()) {
            throw new BundleRefusedException(
                    found.strays().getFirst(),
                    Refusal.of(MirrorReason.NOT_WHAT_IT_SHOULD_BE, "it belongs to no bundle that is here"));
        }
        for (FoundBundle bundle : found.bundles()) {
            if (pinned.isPresent() && !pinned.get().equals(bundle.key())) {
                throw new BundleRefusedException(
                        bundle.folder(),
                        Refusal.of(
                                MirrorReason.BAD_SIGNATURE,
                                "it is signed by key " + bundle.key().fingerprint() + ", not by "
                                        + pinned.get().fingerprint()));
            }
            verdicts.add(verify(bundle, progress));
        }
        return verdicts;
    }

    private static Verdict verify(FoundBundle bundle, Consumer<String> progress)
            throws IOException, BundleRefusedException {
        var manifest = bundle.manifest();
        for (VolumeSpec volume : manifest.volumes()) {
            Path file = bundle.volumes().get(volume.number());
            if (file == null) {
                continue;
            }
            try (InputStream in = SafeFiles.open(file)) {
                VolumeReader.read(in, manifest, volume, new Discard());
                progress.accept("volume " + volume.number() + " of "
                        + manifest.volumes().size() + " is good");
            } catch (RefusedException e) {
                throw new BundleRefusedException(file, e.refusal());
            }
        }
        return new Verdict(
                manifest.id().text(),
                manifest.site(),
                bundle.key().fingerprint(),
                manifest.base().words(),
                manifest.snapshots().size(),
                manifest.carriedObjects().size(),
                manifest.volumeBytes(),
                bundle.missing().stream().map(VolumeSpec::number).toList());
    }
}
