package org.ekicho.netboot.media;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// An image as a row of contents with zeros between them: known in full before the first byte is written, so
/// that one pass writes it to anything that takes bytes.
final class ImageParts {
    /// Bytes that are read and written at once; more does not make it faster.
    private static final int PIECE = 1 << 18;

    private record Part(long at, MediaFile content) {}

    private final List<Part> parts = new ArrayList<>();
    private long end;

    /// Puts bytes at an offset, which is not before the end of what was put last.
    void put(long at, byte[] bytes) {
        put(at, MediaFile.of("bytes", bytes));
    }

    /// Puts a file's content at an offset.
    void put(long at, MediaFile content) {
        if (at < end)
            throw new IllegalArgumentException(content.path() + " at " + at + " would lie over what ends at " + end);
        parts.add(new Part(at, content));
        end = at + content.size();
    }

    /// Puts another image into this one.
    void put(long at, ImageParts image) {
        image.parts.forEach(part -> put(at + part.at(), part.content()));
        padTo(at + image.end);
    }

    /// Makes the image this long at least.
    void padTo(long size) {
        end = Math.max(end, size);
    }

    /// Bytes from the start to the end of the last part.
    long size() {
        return end;
    }

    /// Writes everything.
    ///
    /// @throws IOException by the channel or a file's opener, and when a file gives other than its size in
    ///                     bytes
    void writeTo(WritableByteChannel out) throws IOException {
        Outlet outlet = new Outlet(out);
        long written = 0;
        for (Part part : parts) {
            outlet.zeros(part.at() - written);
            outlet.copy(part.content());
            written = part.at() + part.content().size();
        }
        outlet.zeros(end - written);
        outlet.drain();
    }

    /// Collects what is written into pieces.
    private static final class Outlet {
        private final byte[] piece = new byte[PIECE];
        private final WritableByteChannel out;
        private int filled;

        Outlet(WritableByteChannel out) {
            this.out = out;
        }

        void copy(MediaFile file) throws IOException {
            try (InputStream in = file.opener().open()) {
                for (long rest = file.size(); rest > 0; ) {
                    int got = in.read(piece, filled, (int) Math.min(rest, PIECE - filled));
                    if (got < 0) {
                        throw new EOFException(
                                file.path() + " ended " + rest + " bytes early: it changed while it was read");
                    }
                    advance(got);
                    rest -= got;
                }
                if (in.read() >= 0) {
                    throw new IOException(
                            file.path() + " has more than " + file.size() + " bytes: it changed while it was read");
                }
            }
        }

        void zeros(long count) throws IOException {
            for (long rest = count; rest > 0; ) {
                int now = (int) Math.min(rest, PIECE - filled);
                Arrays.fill(piece, filled, filled + now, (byte) 0);
                advance(now);
                rest -= now;
            }
        }

        void drain() throws IOException {
            ByteBuffer rest = ByteBuffer.wrap(piece, 0, filled);
            while (rest.hasRemaining()) {
                out.write(rest);
            }
            filled = 0;
        }

        private void advance(int count) throws IOException {
            filled += count;
            if (filled == PIECE) drain();
        }
    }
}
