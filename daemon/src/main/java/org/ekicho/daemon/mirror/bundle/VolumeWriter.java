package org.ekicho.daemon.mirror.bundle;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.ekicho.daemon.mirror.folder.ContentStore;
import org.ekicho.mirror.bundle.BundleManifest;
import org.ekicho.mirror.bundle.Part;
import org.ekicho.mirror.bundle.Sha256;
import org.ekicho.mirror.bundle.VolumeCodec;
import org.ekicho.mirror.bundle.VolumeSpec;

/// Writes one volume out of the store. What it reads is checked again: a content that has changed on the disk is not
/// carried on.
final class VolumeWriter {
    private static final int BUFFER_BYTES = 1 << 20;

    private final ContentStore store;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
    /// Of the object that is cut and not finished yet.
    private MessageDigest object = Sha256.digest();

    private String current = "";
    private long reached;

    VolumeWriter(ContentStore store) {
        this.store = store;
    }

    /// @return the SHA-256 of the volume
    String write(BundleManifest draft, VolumeSpec volume, Path file) throws IOException {
        Path beside = file.resolveSibling(file.getFileName() + SafeFiles.PART);
        MessageDigest whole = Sha256.digest();
        try (FileChannel out = FileChannel.open(
                beside, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            int volumes = draft.volumes().size();
            byte[] header = VolumeCodec.encodeHeader(
                    draft.id(), volume.number(), volumes, volume.parts().size(), volume.size());
            put(out, whole, header);
            for (Part part : volume.parts()) {
                put(out, whole, VolumeCodec.encodePartHeader(part));
                put(out, whole, copy(part, out, whole));
            }
            out.force(true);
        }
        Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        SafeFiles.forceFolder(file.toAbsolutePath().getParent());
        return HexFormat.of().formatHex(whole.digest());
    }

    private byte[] copy(Part part, FileChannel out, MessageDigest whole) throws IOException {
        MessageDigest digest = Sha256.digest();
        Path content = store.path(part.sha256());
        try (FileChannel in = FileChannel.open(content, StandardOpenOption.READ)) {
            reach(part, in);
            for (long left = part.length(); left > 0; ) {
                buffer.clear().limit((int) Math.min(buffer.capacity(), left));
                int length = in.read(buffer);
                if (length < 0) {
                    throw damaged(content);
                }
                digest.update(buffer.array(), 0, length);
                object.update(buffer.array(), 0, length);
                whole.update(buffer.array(), 0, length);
                buffer.flip();
                while (buffer.hasRemaining()) {
                    out.write(buffer);
                }
                left -= length;
            }
        }
        reached = part.offset() + part.length();
        if (part.isLast() && !HexFormat.of().formatHex(object.digest()).equals(part.sha256())) {
            throw damaged(content);
        }
        return digest.digest();
    }

    /// Brings the object's digest to where the part begins: what an interrupted export has written of it is hashed
    /// here again.
    private void reach(Part part, FileChannel in) throws IOException {
        if (part.offset() > 0 && part.sha256().equals(current) && part.offset() == reached) {
            in.position(reached);
            return;
        }
        current = part.sha256();
        object = Sha256.digest();
        for (long left = part.offset(); left > 0; ) {
            buffer.clear().limit((int) Math.min(buffer.capacity(), left));
            int length = in.read(buffer);
            if (length < 0) {
                throw damaged(store.path(current));
            }
            object.update(buffer.array(), 0, length);
            left -= length;
        }
    }

    private static IOException damaged(Path content) {
        return new IOException(content + " is not what its name says: the disk or somebody changed it;"
                + " delete it, sync its repository again, then export again");
    }

    private static void put(FileChannel out, MessageDigest whole, byte[] bytes) throws IOException {
        whole.update(bytes);
        ByteBuffer wrapped = ByteBuffer.wrap(bytes);
        while (wrapped.hasRemaining()) {
            out.write(wrapped);
        }
    }
}
