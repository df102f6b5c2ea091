package org.ekicho.daemon.mirror.index;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.ekicho.mirror.codec.Codec;
import org.ekicho.mirror.hash.Checksum;
import org.ekicho.mirror.hash.HashType;
import org.ekicho.mirror.repodata.RepomdRecord;

/// A metadata file that is being written: compressed, and hashed open and packed on the way. It has no name that a
/// client would ask for until it is published.
final class MetadataFile implements Closeable {
    private final Path file;
    private final Codec codec;
    private final HashType hash;
    private final MessageDigest openDigest;
    private final MessageDigest packedDigest;
    private final Packed packed;
    private final OutputStream out;
    private final Optional<BlockOutput> blocks;
    private long openSize;

    private MetadataFile(Path file, Codec codec, HashType hash, FileChannel channel, Optional<PackedBlocks> known)
            throws IOException {
        this.file = file;
        this.codec = codec;
        this.hash = hash;
        this.openDigest = digest(hash);
        this.packedDigest = digest(hash);
        this.packed = new Packed(channel, packedDigest);
        this.blocks = known.isPresent() && codec == Codec.GZ
                ? Optional.of(new BlockOutput(packed, known.get()))
                : Optional.empty();
        this.out = blocks.isPresent() ? blocks.get() : codec.compressing(packed);
    }

    /// @param file a new one
    static MetadataFile create(Path file, Codec codec, HashType hash) throws IOException {
        return create(file, codec, hash, Optional.empty());
    }

    /// A file that is packed in blocks where the codec can, each write one of them.
    ///
    /// @param file  a new one
    /// @param known blocks that are packed already
    static MetadataFile inBlocks(Path file, Codec codec, HashType hash, PackedBlocks known) throws IOException {
        return create(file, codec, hash, Optional.of(known));
    }

    private static MetadataFile create(Path file, Codec codec, HashType hash, Optional<PackedBlocks> known)
            throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try {
            return new MetadataFile(file, codec, hash, channel, known);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    void write(byte[] bytes, int offset, int length) throws IOException {
        openDigest.update(bytes, offset, length);
        openSize += length;
        out.write(bytes, offset, length);
    }

    /// Ends the file and forces it to the disk.
    Written finish() throws IOException {
        out.close();
        return new Written(
                file,
                codec,
                sum(hash, packedDigest),
                codec == Codec.NONE ? Optional.empty() : Optional.of(sum(hash, openDigest)),
                Files.size(file),
                openSize,
                blocks.map(BlockOutput::blocks).orElse(List.of()));
    }

    @Override
    public void close() throws IOException {
        packed.channel.close();
    }

    /// A file that is complete.
    ///
    /// @param openSum absent when it is not compressed
    /// @param blocks  none unless it is packed in blocks
    record Written(
            Path file,
            Codec codec,
            Checksum sum,
            Optional<Checksum> openSum,
            long size,
            long openSize,
            List<PackedBlocks.Block> blocks) {
        Written {
            blocks = List.copyOf(blocks);
        }

        /// Its record, once it lies at its location.
        RepomdRecord record(String type, String location, long timestamp) {
            return new RepomdRecord(
                    type,
                    location,
                    sum,
                    openSum,
                    Optional.empty(),
                    timestamp,
                    OptionalLong.of(size),
                    openSum.isPresent() ? OptionalLong.of(openSize) : OptionalLong.empty(),
                    OptionalLong.empty(),
                    type.endsWith("_db") ? OptionalInt.of(SqliteDatabases.VERSION) : OptionalInt.empty());
        }
    }

    static MessageDigest digest(HashType hash) {
        try {
            return MessageDigest.getInstance(hash.algorithm());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has " + hash.algorithm(), e);
        }
    }

    static Checksum sum(HashType hash, MessageDigest digest) {
        return new Checksum(hash, HexFormat.of().formatHex(digest.digest()));
    }

    /// The compressed bytes on their way to the disk.
    private static final class Packed extends OutputStream {
        private final FileChannel channel;
        private final MessageDigest digest;

        Packed(FileChannel channel, MessageDigest digest) {
            this.channel = channel;
            this.digest = digest;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            digest.update(bytes, offset, length);
            ByteBuffer rest = ByteBuffer.wrap(bytes, offset, length);
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
        }

        @Override
        public void close() throws IOException {
            if (channel.isOpen()) {
                channel.force(true);
                channel.close();
            }
        }
    }
}
