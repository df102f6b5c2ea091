package org.ekicho.daemon.mirror.index;

import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.ekicho.mirror.codec.GzipBlocks;
import org.ekicho.mirror.hash.HashType;

/// A gzip file of which each write is a block of its own. What an earlier run packed is taken over.
final class BlockOutput extends OutputStream {
    private final OutputStream to;
    private final PackedBlocks known;
    private final GzipBlocks gzip = new GzipBlocks();
    private final MessageDigest digest = MetadataFile.digest(HashType.SHA256);
    private final CRC32C crc = new CRC32C();
    private final List<PackedBlocks.Block> blocks = new ArrayList<>();
    private long offset;

    /// @param known closed by whoever opened it
    BlockOutput(OutputStream to, PackedBlocks known) throws IOException {
        this.to = to;
        this.known = known;
        put(GzipBlocks.header());
    }

    /// Where each block lies, in order.
    List<PackedBlocks.Block> blocks() {
        return List.copyOf(blocks);
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        gzip.count(bytes, from, length);
        digest.update(bytes, from, length);
        PackedBlocks.Key key = PackedBlocks.Key.of(digest.digest());
        Optional<byte[]> old = known.packed(key);
        byte[] packed = old.isPresent() ? old.get() : gzip.pack(bytes, from, length);
        crc.reset();
        crc.update(packed);
        blocks.add(new PackedBlocks.Block(key, length, offset, packed.length, (int) crc.getValue()));
        put(packed);
    }

    private void put(byte[] packed) throws IOException {
        to.write(packed, 0, packed.length);
        offset += packed.length;
    }

    @Override
    public void close() throws IOException {
        try (to;
                gzip) {
            put(gzip.end());
        }
    }
}
