package org.ekicho.daemon.mirror.bundle;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.ekicho.mirror.MirrorReason;
import org.ekicho.mirror.Refusal;
import org.ekicho.mirror.RefusedException;
import org.ekicho.mirror.bundle.BundleId;
import org.ekicho.mirror.bundle.BundleManifest;
import org.ekicho.mirror.bundle.ManifestReader;
import org.ekicho.mirror.bundle.SignatureFile;
import org.ekicho.mirror.bundle.VolumeCodec;
import org.ekicho.mirror.bundle.VolumeSpec;

/// Finds bundles in folders: in the folder itself, or in folders directly below it. Volumes of one bundle may lie in
/// several folders, as they do when a bundle came on several sticks.
final class BundleFinder {
    private final Map<BundleId, FoundBundle> bundles = new TreeMap<>();
    private final List<Path> volumes = new ArrayList<>();

    /// What was found.
    ///
    /// @param strays volumes of bundles whose manifest was not found
    record Found(List<FoundBundle> bundles, List<Path> strays) {
        Found {
            bundles = List.copyOf(bundles);
            strays = List.copyOf(strays);
        }
    }

    /// @param known bundles whose manifest is known from an earlier import
    static Found find(List<Path> folders, List<FoundBundle> known) throws IOException, BundleRefusedException {
        BundleFinder finder = new BundleFinder();
        for (Path folder : folders) {
            if (!Files.isDirectory(folder)) {
                throw new IOException(folder + " is no folder; name the folder that holds bundle.manifest");
            }
            finder.look(folder);
            for (Path below : SafeFiles.list(folder)) {
                boolean bundle = SafeFiles.name(below).startsWith(BundleExport.FOLDER_PREFIX);
                if (bundle && Files.isDirectory(below, LinkOption.NOFOLLOW_LINKS)) {
                    finder.look(below);
                }
            }
        }
        known.forEach(bundle -> finder.bundles.putIfAbsent(bundle.manifest().id(), bundle));
        List<Path> strays = finder.assign();
        if (finder.bundles.isEmpty()) {
            throw new IOException(
                    strays.isEmpty()
                            ? "there is no bundle in " + folders + "; its folder holds " + BundleManifest.FILE_NAME
                            : "the volumes in " + folders + " belong to a bundle whose " + BundleManifest.FILE_NAME
                                    + " is not there; name the folder that holds it too");
        }
        return new Found(List.copyOf(finder.bundles.values()), strays);
    }

    private void look(Path folder) throws IOException, BundleRefusedException {
        for (Path file : SafeFiles.list(folder)) {
            if (SafeFiles.name(file).endsWith(".ekv")) {
                volumes.add(file);
            }
        }
        boolean manifest = Files.exists(folder.resolve(BundleManifest.FILE_NAME));
        boolean signature = Files.exists(folder.resolve(SignatureFile.FILE_NAME));
        if (manifest && !signature) {
            throw new BundleRefusedException(
                    folder,
                    Refusal.of(
                            MirrorReason.BAD_SIGNATURE,
                            "there is no " + SignatureFile.FILE_NAME
                                    + ", which an export writes last; was it finished?"));
        }
        if (manifest) {
            FoundBundle bundle = open(folder);
            FoundBundle other = bundles.putIfAbsent(bundle.manifest().id(), bundle);
            if (other != null && !other.manifest().equals(bundle.manifest())) {
                throw new BundleRefusedException(
                        folder,
                        Refusal.of(
                                MirrorReason.DUPLICATE_PACKAGE,
                                "it has the id of the bundle in " + other.folder() + " and other content"));
            }
        } else if (signature) {
            throw new BundleRefusedException(
                    folder, Refusal.of(MirrorReason.MALFORMED, "there is no " + BundleManifest.FILE_NAME));
        }
    }

    /// Reads signature and manifest.
    static FoundBundle open(Path folder) throws IOException, BundleRefusedException {
        Path signatureFile = folder.resolve(SignatureFile.FILE_NAME);
        Path manifestFile = folder.resolve(BundleManifest.FILE_NAME);
        SignatureFile signature = read(signatureFile);
        byte[] text = SafeFiles.read(manifestFile, ManifestReader.MAX_BYTES);
        try {
            signature.check(SignatureFile.MANIFEST, text);
            return new FoundBundle(folder, ManifestReader.decode(text).orThrow(), signature.key());
        } catch (RefusedException e) {
            throw new BundleRefusedException(manifestFile, e.refusal());
        }
    }

    private static SignatureFile read(Path file) throws IOException, BundleRefusedException {
        try {
            return SignatureFile.decode(SafeFiles.read(file, 2 * SignatureFile.BYTES))
                    .orThrow();
        } catch (RefusedException e) {
            throw new BundleRefusedException(file, e.refusal());
        }
    }

    /// Gives every volume to the bundle that its header names; one that lies beside a manifest belongs to that.
    ///
    /// @return those of bundles that are not known
    private List<Path> assign() throws IOException, BundleRefusedException {
        List<Path> strays = new ArrayList<>();
        for (Path volume : volumes) {
            Optional<FoundBundle> beside = bundles.values().stream()
                    .filter(bundle -> bundle.folder().equals(volume.getParent()))
                    .findFirst();
            Optional<FoundBundle> owner =
                    beside.isPresent() ? beside : named(volume).map(bundles::get);
            if (owner.isEmpty()) {
                strays.add(volume);
                continue;
            }
            int number = number(volume, owner.get());
            owner.get().add(number, volume);
        }
        return strays;
    }

    private static int number(Path volume, FoundBundle owner) throws BundleRefusedException {
        for (VolumeSpec spec : owner.manifest().volumes()) {
            if (spec.fileName().equals(SafeFiles.name(volume))) {
                return spec.number();
            }
        }
        throw new BundleRefusedException(
                volume,
                Refusal.of(
                        MirrorReason.NOT_WHAT_IT_SHOULD_BE,
                        "bundle " + owner.manifest().id() + " has no such volume; take it out of the folder"));
    }

    /// The bundle that a volume's header names.
    private static Optional<BundleId> named(Path volume) throws IOException {
        try (InputStream in = SafeFiles.open(volume)) {
            byte[] header = in.readNBytes(VolumeCodec.HEADER_BYTES);
            String id = header.length < VolumeCodec.HEADER_BYTES
                    ? ""
                    : new String(header, 8, BundleId.LENGTH, StandardCharsets.ISO_8859_1);
            return BundleId.isValid(id) ? Optional.of(new BundleId(id)) : Optional.empty();
        }
    }
}
