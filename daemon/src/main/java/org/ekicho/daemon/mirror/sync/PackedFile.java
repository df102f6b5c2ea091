package org.ekicho.daemon.mirror.sync;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
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

/// A metadata file that is written anew: compressed, with the checksums of both its forms.
final class PackedFile extends OutputStream {
    private final Path file;
    private final Codec codec;
    private final HashType hash;
    private final MessageDigest open;
    private final MessageDigest packed;
    private final OutputStream out;
    private long openSize;

    PackedFile(Path file, Codec codec, HashType hash) throws IOException {
        this.file = file;
        this.codec = codec;
        this.hash = hash;
        this.open = digest(hash);
        this.packed = digest(hash);
        this.out = codec.compressing(
                new DigestOutputStream(new BufferedOutputStream(Files.newOutputStream(file), 64 << 10), packed));
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        open.update(bytes, offset, length);
        openSize += length;
        out.write(bytes, offset, length);
    }

    @Override
    public void close() throws IOException {
        out.close();
    }

    /// Its record once it is closed; the location has the checksum in its name.
    RepomdRecord record(String type, String suffix, long timestamp) throws IOException {
        Checksum sum = sum(packed);
        boolean opens = codec != Codec.NONE;
        return new RepomdRecord(
                type,
                "repodata/" + sum.hex() + "-" + type + suffix + codec.suffix(),
                sum,
                opens ? Optional.of(sum(open)) : Optional.empty(),
                Optional.empty(),
                timestamp,
                OptionalLong.of(Files.size(file)),
                opens ? OptionalLong.of(openSize) : OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalInt.empty());
    }

    private Checksum sum(MessageDigest digest) {
        return new Checksum(hash, HexFormat.of().formatHex(digest.digest()));
    }

    private static MessageDigest digest(HashType hash) {
        try {
            return MessageDigest.getInstance(hash.algorithm());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has " + hash.algorithm(), e);
        }
    }
}
