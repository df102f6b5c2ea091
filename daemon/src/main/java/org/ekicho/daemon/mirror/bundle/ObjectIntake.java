package org.ekicho.daemon.mirror.bundle;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.ekicho.daemon.mirror.folder.ContentStore;
import org.ekicho.host.files.FileSystemSync;
import org.ekicho.mirror.MirrorReason;
import org.ekicho.mirror.Refusal;
import org.ekicho.mirror.bundle.BundleManifest;
import org.ekicho.mirror.bundle.Part;
import org.ekicho.mirror.bundle.Sha256;
import org.ekicho.mirror.bundle.VolumeReader;
import org.ekicho.mirror.bundle.VolumeSpec;
import org.ekicho.mirror.snapshot.Snapshot;
import org.jspecify.annotations.Nullable;

/// Takes the objects of a bundle's volumes into the store. They are written beside; only when their whole volume was
/// found good and is on the disk do they enter. Parts of objects that are cut wait, also for another day, until all of
/// them are there.
final class ObjectIntake implements VolumeReader.Receiver {
    private static final int BUFFER_BYTES = 1 << 20;

    private final ContentStore store;
    private final Path incoming;
    private final BundleManifest manifest;
    private final Map<String, Long> mtimes = new HashMap<>();
    private final List<Part> staged = new ArrayList<>();
    private @Nullable FileChannel out;

    ObjectIntake(ContentStore store, Path incoming, BundleManifest manifest) {
        this.store = store;
        this.incoming = incoming;
        this.manifest = manifest;
        for (Snapshot snapshot : manifest.snapshots()) {
            snapshot.files().forEach(file -> mtimes.putIfAbsent(file.sha256(), file.mtimeSeconds()));
        }
    }

    @Override
    public void begin(Part part) throws IOException {
        out = store.has(part.sha256())
                ? null
                : FileChannel.open(
                        place(part),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.TRUNCATE_EXISTING);
    }

    @Override
    public void bytes(byte[] bytes, int length) throws IOException {
        if (out != null) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, length);
            while (buffer.hasRemaining()) {
                out.write(buffer);
            }
        }
    }

    @Override
    public void end(Part part) throws IOException {
        if (out != null) {
            out.close();
            out = null;
            staged.add(part);
        }
    }

    /// The volume was good: its whole objects enter the store.
    void volumeIsGood() throws IOException {
        if (!staged.isEmpty()) {
            FileSystemSync.sync(incoming);
        }
        for (Part part : staged) {
            if (part.isWhole()) {
                take(place(part), part.sha256());
            }
        }
        staged.clear();
    }

    /// The volume was not good: what came out of it is not used.
    void volumeIsBad() throws IOException {
        if (out != null) {
            out.close();
            out = null;
        }
        for (Part part : staged) {
            Files.deleteIfExists(place(part));
        }
        staged.clear();
    }

    /// Puts objects together all of whose parts are there.
    void join() throws IOException, BundleRefusedException {
        Map<String, List<Part>> cut = new HashMap<>();
        for (VolumeSpec volume : manifest.volumes()) {
            for (Part part : volume.parts()) {
                if (!part.isWhole() && !store.has(part.sha256())) {
                    cut.computeIfAbsent(part.sha256(), sha256 -> new ArrayList<>())
                            .add(part);
                }
            }
        }
        for (Map.Entry<String, List<Part>> object : cut.entrySet()) {
            if (allThere(object.getValue())) {
                join(object.getKey(), object.getValue());
            }
        }
    }

    private boolean allThere(List<Part> parts) throws IOException {
        for (Part part : parts) {
            Path place = place(part);
            if (!SafeFiles.isRegular(place) || Files.size(place) != part.length()) {
                return false;
            }
        }
        return true;
    }

    /// Appends the later parts to a copy of the first, hashing on the way.
    private void join(String sha256, List<Part> parts) throws IOException, BundleRefusedException {
        Path whole = incoming.resolve(sha256 + ".whole");
        MessageDigest digest = Sha256.digest();
        byte[] buffer = new byte[BUFFER_BYTES];
        try (FileChannel target = FileChannel.open(
                whole, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            for (Part part : parts) {
                try (InputStream in = SafeFiles.open(place(part))) {
                    for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                        digest.update(buffer, 0, length);
                        ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, length);
                        while (bytes.hasRemaining()) {
                            target.write(bytes);
                        }
                    }
                }
            }
            target.force(true);
        }
        boolean good = HexFormat.of().formatHex(digest.digest()).equals(sha256);
        if (good) {
            take(whole, sha256);
        } else {
            Files.delete(whole);
        }
        for (Part part : parts) {
            Files.deleteIfExists(place(part));
        }
        if (!good) {
            throw new BundleRefusedException(
                    whole,
                    Refusal.of(
                            MirrorReason.WRONG_CHECKSUM,
                            "the parts of object " + sha256 + " do not make it; import all of its volumes again"));
        }
    }

    private void take(Path file, String sha256) throws IOException {
        Long seconds = mtimes.get(sha256);
        if (seconds != null) {
            Files.setLastModifiedTime(file, FileTime.from(Instant.ofEpochSecond(seconds)));
        }
        store.take(file, sha256);
    }

    private Path place(Part part) {
        return incoming.resolve(part.sha256() + "." + part.offset());
    }
}
