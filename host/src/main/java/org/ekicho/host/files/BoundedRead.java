package org.ekicho.host.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// Reads a whole file that has a right to be only so long: one that an admin named by mistake (a device, a log, an
/// image) does not eat the memory.
public final class BoundedRead {
    private BoundedRead() {}

    /// @param limit the greatest length in bytes
    /// @throws IOException when it cannot be read or is longer
    public static byte[] bytes(Path file, int limit) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(limit);
            if (bytes.length == limit && in.read() >= 0) {
                throw new IOException(file + " is longer than " + limit + " bytes; is it the right file?");
            }
            return bytes;
        }
    }

    /// As text in UTF-8.
    ///
    /// @throws IOException also when it is not UTF-8
    public static String text(Path file, int limit) throws IOException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes(file, limit)))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new IOException(file + " is not text in UTF-8", e);
        }
    }
}
