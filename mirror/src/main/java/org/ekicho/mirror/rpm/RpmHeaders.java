package org.ekicho.mirror.rpm;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.ekicho.mirror.MirrorReason;
import org.ekicho.wire.BigEndian;

/// Reads the headers of a package file of format 3, 4 or 6 (rpm: `docs/manual/format_header.md`).
///
/// ```text
/// 0   lead, 96 bytes: ed ab ee db …
/// 96  signature header, padded to 8 bytes
///     main header
///     payload
///
/// header: 8e ad e8 01, 4 reserved, entries u32, data bytes u32
///         entries × (tag u32, type u32, offset u32, count u32)
///         data
/// ```
///
/// The limits are those of rpm itself (`lib/header.cc`), so that what is accepted here can be installed. Nothing is
/// allocated by what a field claims.
public final class RpmHeaders {
    /// Bytes to read at first: the headers of nearly every package fit.
    public static final int FIRST_READ = 64 << 10;

    /// Bytes before the first header.
    static final int LEAD = 96;
    /// Bytes of a header before its entries.
    static final int INTRO = 16;
    /// Bytes of an entry.
    static final int ENTRY = 16;
    /// rpm's limits for a main header.
    static final int MAX_TAGS = 65_535;
    static final int MAX_DATA = 0x0fff_ffff;
    /// rpm's limits for a signature header.
    static final int MAX_SIGNATURE_TAGS = 32;
    static final int MAX_SIGNATURE_DATA = 64 << 20;

    private static final int LEAD_MAGIC = 0xedabeedb;
    private static final int HEADER_MAGIC = 0x8eade801;

    private RpmHeaders() {}

    /// Reads both headers. What is returned looks into the buffer's bytes: they must not change while it is used.
    ///
    /// @param head     the first bytes of the file, from the buffer's position to its limit; both stay as they are
    /// @param fileSize bytes of the whole file
    public static HeaderRead read(ByteBuffer head, long fileSize) {
        byte[] bytes;
        int base;
        if (head.hasArray()) {
            bytes = head.array();
            base = head.arrayOffset() + head.position();
        } else {
            bytes = new byte[head.remaining()];
            base = 0;
            head.duplicate().get(bytes);
        }
        return read(bytes, base, head.remaining(), fileSize);
    }

    private static HeaderRead read(byte[] bytes, int base, int length, long fileSize) {
        if (length < 4 || BigEndian.i32(bytes, base) != LEAD_MAGIC) {
            return new HeaderRead.Refused(
                    MirrorReason.NOT_WHAT_IT_SHOULD_BE,
                    fileSize == 0 ? "an empty file" : "does not begin with the bytes ed ab ee db of a package");
        }
        try {
            Extent signature = extent(Part.SIGNATURE, bytes, base, LEAD, length, fileSize);
            if (signature.end > length) return new HeaderRead.NeedsMore(signature.ask(length, fileSize));
            int start = (signature.end + 7) & ~7;
            Extent main = extent(Part.MAIN, bytes, base, start, length, fileSize);
            if (main.end > length) return new HeaderRead.NeedsMore(main.ask(length, fileSize));
            return new HeaderRead.Read(
                    HeaderCheck.checked(Part.SIGNATURE, bytes, base, LEAD, signature.tags, signature.data),
                    HeaderCheck.checked(Part.MAIN, bytes, base, start, main.tags, main.data),
                    new RpmPackage.HeaderRange(start, main.end));
        } catch (BadHeader bad) {
            return new HeaderRead.Refused(bad.reason(), bad.detail());
        }
    }

    /// Which of the two headers.
    enum Part {
        SIGNATURE("signature header", MAX_SIGNATURE_TAGS, MAX_SIGNATURE_DATA, RpmTags.REGION_SIGNATURE),
        MAIN("main header", MAX_TAGS, MAX_DATA, RpmTags.REGION_MAIN);

        final String words;
        final int maxTags;
        final int maxData;
        final int region;

        Part(String words, int maxTags, int maxData, int region) {
            this.words = words;
            this.maxTags = maxTags;
            this.maxData = maxData;
            this.region = region;
        }
    }

    /// How far a header reaches.
    ///
    /// @param end first byte after it; when only its beginning is known, first byte after that
    private record Extent(int tags, int data, int end) {
        /// How many bytes to ask for: twice what was given at least, so that few reads are needed.
        int ask(int given, long fileSize) {
            long wanted = Math.min(Math.max(end + 1024L, 2L * given), Integer.MAX_VALUE - 8);
            return (int) Math.min(fileSize, wanted);
        }
    }

    private static Extent extent(Part part, byte[] bytes, int base, int start, int length, long fileSize)
            throws BadHeader {
        if (start + (long) INTRO > fileSize) throw cutOff(part, start, start + (long) INTRO, fileSize);
        if (start + INTRO > length) return new Extent(0, 0, start + INTRO);
        int at = base + start;
        if (BigEndian.i32(bytes, at) != HEADER_MAGIC || BigEndian.i32(bytes, at + 4) != 0) {
            throw BadHeader.malformed(
                    "the " + part.words + " at byte " + start + " does not begin with 8eade80100000000 but with "
                            + HexFormat.of().formatHex(bytes, at, at + 8));
        }
        long tags = BigEndian.u32(bytes, at + 8);
        long data = BigEndian.u32(bytes, at + 12);
        if (tags > part.maxTags) {
            throw BadHeader.tooLarge("the " + part.words + " at byte " + start + " claims " + tags
                    + " tags; the limit is " + part.maxTags);
        }
        if (data > part.maxData) {
            throw BadHeader.tooLarge("the " + part.words + " at byte " + start + " claims " + data
                    + " bytes of data; the limit is " + part.maxData);
        }
        long end = start + INTRO + tags * ENTRY + data;
        if (end > fileSize) throw cutOff(part, start, end, fileSize);
        return new Extent((int) tags, (int) data, (int) end);
    }

    private static BadHeader cutOff(Part part, int start, long end, long fileSize) {
        return BadHeader.malformed("the " + part.words + " at byte " + start + " reaches to byte " + end
                + ", but the file ends at " + fileSize);
    }
}
