package org.ekicho.host.download;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A file that is being written, with the digests of what it holds so far.
final class PartialFile implements AutoCloseable {
    private final FileChannel channel;
    private final Map<String, MessageDigest> digests;
    private long size;

    private PartialFile(FileChannel channel, List<String> algorithms) {
        this.channel = channel;
        this.digests = new LinkedHashMap<>();
        for (String algorithm : algorithms) {
            digests.put(algorithm, digest(algorithm));
        }
    }

    /// Opens it empty.
    static PartialFile anew(Path file, List<String> algorithms) throws IOException {
        return new PartialFile(
                FileChannel.open(
                        file,
                        Set.of(
                                StandardOpenOption.CREATE,
                                StandardOpenOption.TRUNCATE_EXISTING,
                                StandardOpenOption.WRITE)),
                algorithms);
    }

    /// Opens it at its end; what is there is read once for the digests.
    static PartialFile continued(Path file, List<String> algorithms, byte[] buffer) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
        PartialFile partial = new PartialFile(channel, algorithms);
        try {
            for (int n = read(channel, buffer); n >= 0; n = read(channel, buffer)) {
                partial.digest(buffer, n);
            }
        } catch (IOException e) {
            partial.close();
            throw e;
        }
        return partial;
    }

    void write(byte[] bytes, int length) throws IOException {
        digest(bytes, length);
        ByteBuffer rest = ByteBuffer.wrap(bytes, 0, length);
        while (rest.hasRemaining()) {
            channel.write(rest);
        }
    }

    long size() {
        return size;
    }

    /// The digests in hexadecimal digits. To be asked once, at the end.
    Map<String, String> digests() {
        Map<String, String> hex = new LinkedHashMap<>();
        digests.forEach((algorithm, digest) -> hex.put(algorithm, HexFormat.of().formatHex(digest.digest())));
        return hex;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private void digest(byte[] bytes, int length) {
        for (MessageDigest digest : digests.values()) {
            digest.update(bytes, 0, length);
        }
        size += length;
    }

    private static int read(FileChannel channel, byte[] buffer) throws IOException {
        return channel.read(ByteBuffer.wrap(buffer));
    }

    private static MessageDigest digest(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalArgumentException("no digest " + algorithm, e);
        }
    }
}
