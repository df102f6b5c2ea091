package org.ekicho.daemon.mirror.bundle;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.ekicho.daemon.mirror.folder.ContentStore;
import org.ekicho.mirror.bundle.BundleId;
import org.ekicho.mirror.bundle.BundleManifest;
import org.ekicho.mirror.bundle.ManifestReader;
import org.ekicho.mirror.bundle.Sha256;
import org.ekicho.mirror.bundle.SignatureFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Imported bundles that wait for others. Each keeps names of its own objects, so that they are still there when what
/// they wait for arrives, whatever the garbage collector removed from the store meanwhile.
final class WaitingRoom {
    private static final Logger LOG = LoggerFactory.getLogger(WaitingRoom.class);
    private static final String OBJECTS = "objects";

    private final BundleDesk desk;
    private final ContentStore store;

    WaitingRoom(BundleDesk desk) {
        this.desk = desk;
        this.store = desk.folder().store();
    }

    /// Those that wait, oldest first. One that was damaged meanwhile is left out with its reason, so that it holds
    /// up no other; it is whole again when it is imported once more.
    List<FoundBundle> bundles() throws IOException {
        List<FoundBundle> waiting = new ArrayList<>();
        for (Path place : SafeFiles.list(desk.waiting())) {
            if (Files.exists(place.resolve(SignatureFile.FILE_NAME)) && BundleId.isValid(SafeFiles.name(place))) {
                try {
                    waiting.add(BundleFinder.open(place));
                } catch (BundleRefusedException e) {
                    LOG.warn(
                            "a bundle that waits for others in {} is damaged and left out; import it again from its medium: {}",
                            place,
                            e.getMessage());
                }
            }
        }
        return waiting;
    }

    /// Remembers a bundle. The signature is written last: without it the bundle does not wait.
    void enter(FoundBundle bundle) throws IOException {
        Path place = place(bundle);
        if (bundle.folder().equals(place)) {
            return;
        }
        Files.createDirectories(place);
        for (String name : List.of(BundleManifest.FILE_NAME, SignatureFile.FILE_NAME)) {
            SafeFiles.write(
                    place.resolve(name), SafeFiles.read(bundle.folder().resolve(name), ManifestReader.MAX_BYTES));
        }
    }

    /// Holds on to the objects of a bundle that is not complete.
    void hold(FoundBundle bundle) throws IOException {
        Path objects = Files.createDirectories(place(bundle).resolve(OBJECTS));
        for (String sha256 : bundle.manifest().carriedObjects().keySet()) {
            if (store.has(sha256) && !Files.exists(objects.resolve(sha256))) {
                store.link(sha256, objects.resolve(sha256));
            }
        }
    }

    private Path place(FoundBundle bundle) throws IOException {
        return desk.waiting().resolve(bundle.manifest().id().text());
    }

    /// Whether an object is in the store, which gets back what a waiting bundle still has.
    boolean recall(String sha256) throws IOException {
        if (store.has(sha256)) {
            return true;
        }
        for (Path place : SafeFiles.list(desk.waiting())) {
            Path kept = place.resolve(OBJECTS).resolve(sha256);
            if (SafeFiles.isRegular(kept) && hash(kept).equals(sha256)) {
                Path name = desk.incoming().resolve(sha256 + ".again");
                Files.deleteIfExists(name);
                Files.createLink(name, kept);
                store.take(name, sha256);
                return true;
            }
        }
        return false;
    }

    private static String hash(Path file) throws IOException {
        MessageDigest digest = Sha256.digest();
        byte[] buffer = new byte[1 << 20];
        try (InputStream in = SafeFiles.open(file)) {
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                digest.update(buffer, 0, length);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
