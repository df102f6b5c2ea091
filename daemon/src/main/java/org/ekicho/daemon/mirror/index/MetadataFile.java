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
    private long openSize;

    private MetadataFile(Path file, Codec codec, HashType hash, FileChannel channel) throws IOException {
        this.file = file;
        this.codec = codec;
        this.hash = hash;
        this.openDigest = digest(hash);
        this.packedDigest = digest(hash);
        this.packed = new Packed(channel, packedDigest);
        this.out = codec.compressing(packed);
    }

    /// @param file a new one
    static MetadataFile create(Path file, Codec codec, HashType hash) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try {
            return new MetadataFile(file, codec, hash, channel);
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
                openSize);
    }

    @Override
    public void close() throws IOException {
        packed.channel.close();
    }

    /// A file that is complete.
    ///
    /// @param openSum absent when it is not compressed
    record Written(Path file, Codec codec, Checksum sum, Optional<Checksum> openSum, long size, long openSize) {
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
