package org.ekicho.netboot.media;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/// A file of a medium: its place there, its size, and a way to its bytes.
///
/// @param path   from the medium's root, parts divided by `/`: `boot/vmlinuz`
/// @param size   bytes that `opener` gives, not one more or less
/// @param opener opened when the image is written, once for each time the file lies on the medium
public record MediaFile(String path, long size, Opener opener) {
    /// Directories above a file, and the file: what ISO9660 (ECMA-119 §6.8.2.1) allows.
    public static final int MAX_DEPTH = 8;
    /// Longest name of a part; Rock Ridge's name fits one directory record.
    public static final int MAX_NAME = 100;
    /// ISO9660 has 32 bits for the size of an extent; FAT as well.
    public static final long MAX_SIZE = 0xffff_ffffL;

    /// A way to a file's bytes.
    @FunctionalInterface
    public interface Opener {
        InputStream open() throws IOException;
    }

    public MediaFile {
        checkPath(path);
        if (size < 0 || size > MAX_SIZE) {
            throw new IllegalArgumentException(path + " has " + size + " bytes; a medium's file has 0..4294967295");
        }
    }

    /// A file of these bytes; they are copied.
    public static MediaFile of(String path, byte[] content) {
        byte[] kept = content.clone();
        return new MediaFile(path, kept.length, () -> new ByteArrayInputStream(kept));
    }

    /// A file of this text in UTF-8.
    public static MediaFile of(String path, String content) {
        return of(path, content.getBytes(StandardCharsets.UTF_8));
    }

    /// The same bytes at another place.
    public MediaFile at(String otherPath) {
        return new MediaFile(otherPath, size, opener);
    }

    /// All bytes, for small files.
    ///
    /// @throws IOException also when there are other than [#size] bytes or more than `most`
    public byte[] read(int most) throws IOException {
        if (size > most) throw new IOException(path + " has " + size + " bytes; at most " + most + " were expected");
        try (InputStream in = opener.open()) {
            byte[] content = in.readNBytes((int) size + 1);
            if (content.length != size) throw new IOException(path + " is not of " + size + " bytes any more");
            return content;
        }
    }

    private static void checkPath(String path) {
        String[] parts = path.split("/", -1);
        if (parts.length > MAX_DEPTH) {
            throw new IllegalArgumentException(path + " is deeper than " + MAX_DEPTH + " levels");
        }
        for (String part : parts) {
            boolean plain = part.chars().allMatch(c -> c > ' ' && c < 0x7f && "\\:*?\"<>|".indexOf(c) < 0);
            if (part.isEmpty() || part.length() > MAX_NAME || part.endsWith(".") || !plain) {
                throw new IllegalArgumentException("no path of a medium: '" + path + "'; parts are 1.." + MAX_NAME
                        + " letters, digits and signs without a dot at the end");
            }
        }
    }
}
