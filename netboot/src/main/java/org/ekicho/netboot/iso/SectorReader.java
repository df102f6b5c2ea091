package org.ekicho.netboot.iso;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.ekicho.wire.BigEndian;

/// Bytes of an image, checked against its length before any room is made for them.
final class SectorReader {
    /// Bytes of a sector; other sizes were never used on media with Linux.
    static final int SECTOR = 2_048;

    private final IsoSource source;
    private final long size;

    SectorReader(IsoSource source) throws IOException {
        this.source = source;
        this.size = source.size();
    }

    long size() {
        return size;
    }

    /// True when all of these bytes lie in the image.
    boolean holds(long at, long bytes) {
        return at >= 0 && bytes >= 0 && at <= size && bytes <= size - at;
    }

    /// Reads exactly these bytes.
    byte[] read(long at, int bytes, String where) throws IOException, IsoRefusedException {
        if (!holds(at, bytes)) throw new IsoRefusedException(IsoReason.SHORT, where);
        byte[] content = new byte[bytes];
        ByteBuffer into = ByteBuffer.wrap(content);
        while (into.hasRemaining()) {
            int got = source.read(into, at + into.position());
            if (got <= 0) throw new IsoRefusedException(IsoReason.SHORT, where);
        }
        return content;
    }

    /// Reads up to as many bytes as there is room for.
    int read(long at, byte[] into, int offset, int length) throws IOException {
        return source.read(ByteBuffer.wrap(into, offset, length), at);
    }

    /// 32 bits with the low byte first, 0..2^32-1.
    static long low32(byte[] bytes, int at) {
        return Integer.reverseBytes(BigEndian.i32(bytes, at)) & 0xffff_ffffL;
    }

    static int low16(byte[] bytes, int at) {
        return BigEndian.u8(bytes, at) | BigEndian.u8(bytes, at + 1) << 8;
    }
}
