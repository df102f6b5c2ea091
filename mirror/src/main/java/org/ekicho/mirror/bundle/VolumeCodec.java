package org.ekicho.mirror.bundle;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/// The bytes of a volume, all numbers big-endian. Each volume says which it is, and each part whose it is.
///
/// ```text
/// header, 64 bytes:   "EKIBUN1\n" | bundle id, 25 ASCII | 3 zeros | volume u32 | volumes u32 | parts u32 | size u64 |
///                     8 zeros
/// part, 96 + length:  "EKIPART\n" | SHA-256 of the object, 32 | object's size u64 | offset u64 | length u64 |
///                     the bytes | SHA-256 of these bytes, 32
/// ```
public final class VolumeCodec {
    public static final int HEADER_BYTES = 64;
    /// Before a part's bytes.
    public static final int PART_HEADER_BYTES = 64;
    /// After a part's bytes.
    public static final int DIGEST_BYTES = 32;
    /// What a part costs beside its bytes.
    public static final int PART_BYTES = PART_HEADER_BYTES + DIGEST_BYTES;

    private static final byte[] VOLUME_MAGIC = "EKIBUN1\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] PART_MAGIC = "EKIPART\n".getBytes(StandardCharsets.US_ASCII);
    private static final int NUMBERS_AT = 36;

    private VolumeCodec() {}

    /// @param volumes how many the bundle has
    public static byte[] encodeHeader(BundleId bundle, int number, int volumes, int parts, long size) {
        return ByteBuffer.allocate(HEADER_BYTES)
                .put(VOLUME_MAGIC)
                .put(bundle.text().getBytes(StandardCharsets.US_ASCII))
                .position(NUMBERS_AT)
                .putInt(number)
                .putInt(volumes)
                .putInt(parts)
                .putLong(size)
                .array();
    }

    /// What stands before a part's bytes.
    public static byte[] encodePartHeader(Part part) {
        return ByteBuffer.allocate(PART_HEADER_BYTES)
                .put(PART_MAGIC)
                .put(HexFormat.of().parseHex(part.sha256()))
                .putLong(part.objectSize())
                .putLong(part.offset())
                .putLong(part.length())
                .array();
    }
}
