package org.ekicho.mirror.codec;

import java.io.ByteArrayOutputStream;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/// One gzip member (RFC 1952) that is put together of blocks, of which none looks back at the bytes before it: what was
/// packed once can be taken over as it is into another member, wherever its content comes again.
///
/// ```text
/// 1f 8b 08 00 00000000 00 ff    header: no name, no time
/// blocks                        each ends at a byte, with an empty stored block (RFC 1951 §3.2.4), and is not the last
/// 03 00                         the last deflate block: empty
/// CRC-32, size modulo 2^32      of all that is open, little endian
/// ```
///
/// For those who open it this is an ordinary gzip file. Level 6, as [Codec#GZ].
public final class GzipBlocks implements AutoCloseable {
    private static final int LEVEL = 6;
    private static final int ROOM_BYTES = 32 << 10;
    private static final byte[] HEADER = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff};

    private final Deflater deflater = new Deflater(LEVEL, true);
    private final byte[] room = new byte[ROOM_BYTES];
    private final CRC32 sum = new CRC32();
    private long open;

    /// What the file begins with.
    public static byte[] header() {
        return HEADER.clone();
    }

    /// Counts content of which the packed bytes, new or taken over, come next in the file.
    public void count(byte[] bytes, int offset, int length) {
        sum.update(bytes, offset, length);
        open += length;
    }

    /// The packed bytes of a block. They depend on nothing but its content.
    public byte[] pack(byte[] bytes, int offset, int length) {
        deflater.reset();
        deflater.setInput(bytes, offset, length);
        ByteArrayOutputStream packed = new ByteArrayOutputStream(length / 4 + 64);
        int n;
        do {
            n = deflater.deflate(room, 0, room.length, Deflater.SYNC_FLUSH);
            packed.write(room, 0, n);
        } while (n == room.length);
        return packed.toByteArray();
    }

    /// What the file ends with, once all its content was counted.
    public byte[] end() {
        byte[] end = new byte[10];
        end[0] = 3;
        for (int i = 0; i < 4; i++) {
            end[2 + i] = (byte) (sum.getValue() >>> (8 * i));
            end[6 + i] = (byte) (open >>> (8 * i));
        }
        return end;
    }

    /// Gives back what the packer holds.
    @Override
    public void close() {
        deflater.end();
    }
}
