package org.ekicho.mirror.signature;

import java.io.IOException;
import org.bouncycastle.bcpg.PacketTags;
import org.ekicho.wire.BigEndian;

/// Checks that the lengths that packets state, and those that keys and signatures of version 5 and later state inside,
/// lie within the bytes that are there. The decoder believes them and takes up to two gigabytes at once for eighteen
/// bytes of input.
final class PacketLengths {
    /// Version, time of creation, algorithm (RFC 9580 §5.5.2.3), before the four bytes that count the key's material.
    private static final int KEY_HEAD = 6;
    /// Version, type, two algorithms (RFC 9580 §5.2.3), before the four bytes that count the hashed subpackets.
    private static final int SIGNATURE_HEAD = 4;

    private static final int FIRST_WITH_LONG_COUNTS = 5;

    private final byte[] bytes;
    private int at;

    private PacketLengths(byte[] bytes) {
        this.bytes = bytes;
    }

    /// @throws IOException when a packet says that it is longer than it is
    static void check(byte[] packets) throws IOException {
        PacketLengths lengths = new PacketLengths(packets);
        while (lengths.at < packets.length) {
            lengths.packet();
        }
    }

    private void packet() throws IOException {
        int head = next(1);
        if ((head & 0x80) == 0) {
            throw broken("a packet that does not begin as one");
        }
        boolean current = (head & 0x40) != 0;
        int tag = current ? head & 0x3f : head >>> 2 & 0x0f;
        long length = current ? currentLength() : oldLength(head & 3);
        if (length > bytes.length - at) {
            throw broken("a packet of " + length + " bytes, of which " + (bytes.length - at) + " are there");
        }
        int end = at + (int) length;
        if (length > 0 && BigEndian.u8(bytes, at) >= FIRST_WITH_LONG_COUNTS) {
            switch (tag) {
                case PacketTags.PUBLIC_KEY, PacketTags.PUBLIC_SUBKEY, PacketTags.SECRET_KEY, PacketTags.SECRET_SUBKEY ->
                    counted(at + KEY_HEAD, end);
                case PacketTags.SIGNATURE -> counted(counted(at + SIGNATURE_HEAD, end), end);
                default -> {}
            }
        }
        at = end;
    }

    /// Checks a count of four bytes and what it counts.
    ///
    /// @return where it ends
    private int counted(int from, int end) throws IOException {
        if (end - from < Integer.BYTES) {
            throw broken("a packet that ends too early");
        }
        long count = BigEndian.u32(bytes, from);
        int start = from + Integer.BYTES;
        if (count > end - start) {
            throw broken("a part of " + count + " bytes, of which " + (end - start) + " are there");
        }
        return start + (int) count;
    }

    /// RFC 9580 §4.2.1. Keys and signatures come in one piece (§4.2.1.4).
    private long currentLength() throws IOException {
        int first = next(1);
        if (first < 192) {
            return first;
        }
        if (first < 224) {
            return ((first - 192L) << 8) + next(1) + 192;
        }
        if (first < 255) {
            throw broken("a packet in pieces");
        }
        return Integer.toUnsignedLong(next(Integer.BYTES));
    }

    /// RFC 9580 §4.2.2; the last kind means: to the end.
    private long oldLength(int kind) throws IOException {
        return kind == 3 ? bytes.length - at : Integer.toUnsignedLong(next(1 << kind));
    }

    private int next(int count) throws IOException {
        if (bytes.length - at < count) {
            throw broken("a packet that ends too early");
        }
        int value = 0;
        for (int i = 0; i < count; i++) {
            value = value << 8 | BigEndian.u8(bytes, at++);
        }
        return value;
    }

    private IOException broken(String what) {
        return new IOException("it breaks the format of OpenPGP: " + what + ", before byte " + at);
    }
}
