package org.ekicho.mirror.rpm;

import org.ekicho.wire.BigEndian;

/// What rpm checks of a header before it believes any of it (`lib/header.cc`, hdrblobVerifyRegion and
/// hdrblobVerifyInfo): the region, and that each entry's data lies inside, in order, aligned and apart from the others.
final class HeaderCheck {
    /// rpm's limit for the elements of an entry, bytes excepted.
    static final int MAX_COUNT = 1_048_575;

    private static final int REGION_BYTES = 16;

    private final RpmHeaders.Part part;
    private final byte[] bytes;
    /// Index of the file's first byte in `bytes`.
    private final int base;
    /// Index of the header in `bytes`.
    private final int at;
    private final int tags;
    /// Index of the data in `bytes`, and how much there is.
    private final int store;
    private final int size;
    /// Entries of the region: their data has no gaps. None in format 3, whose writers left some.
    private int packed;

    private HeaderCheck(RpmHeaders.Part part, byte[] bytes, int base, int start, int tags, int size) {
        this.part = part;
        this.bytes = bytes;
        this.base = base;
        this.at = base + start;
        this.tags = tags;
        this.size = size;
        this.store = at + RpmHeaders.INTRO + tags * RpmHeaders.ENTRY;
    }

    /// The header when it is sound.
    ///
    /// @param base  index of the file's first byte in `bytes`
    /// @param start where it lies in the file; all of it is in `bytes`
    /// @param tags  entries
    /// @param size  bytes of its data
    static RpmHeader checked(RpmHeaders.Part part, byte[] bytes, int base, int start, int tags, int size)
            throws BadHeader {
        HeaderCheck check = new HeaderCheck(part, bytes, base, start, tags, size);
        if (tags == 0) throw BadHeader.malformed("the " + part.words + " at byte " + start + " has no entries");
        int trailer = check.region();
        check.entries(trailer);
        return new RpmHeader(bytes, base, base + start, tags, check.store, trailer >= 0);
    }

    /// Offset of the region's trailer in the data; -1 when there is no region, as in packages of format 3.
    private int region() throws BadHeader {
        int tag = tag(0);
        if (tag != part.region) {
            if (tag >= RpmTags.FIRST_PLAIN) return -1;
            throw wrong(0, "is region " + tag + "; expected " + part.region);
        }
        if (type(0) != RpmHeader.BIN || count(0) != REGION_BYTES) {
            throw wrong(
                    0,
                    "is a region of type " + type(0) + " and " + Integer.toUnsignedLong(count(0))
                            + " bytes; expected type 7 and 16");
        }
        int offset = offset(0);
        if (offset < 0 || offset > size - REGION_BYTES) {
            throw wrong(0, "is a region whose trailer at " + offset + " lies outside the " + size + " bytes of data");
        }
        int trailer = store + offset;
        int trailerTag = BigEndian.i32(bytes, trailer);
        boolean image = part == RpmHeaders.Part.SIGNATURE && trailerTag == RpmTags.REGION_IMAGE;
        if ((trailerTag != part.region && !image)
                || BigEndian.i32(bytes, trailer + 4) != RpmHeader.BIN
                || BigEndian.i32(bytes, trailer + 12) != REGION_BYTES) {
            throw wrong(0, "is a region whose trailer at byte " + (trailer - base) + " of the file is not one");
        }
        // A negative number of bytes: the entries of the region, counted back from its trailer.
        long covered = -(long) BigEndian.i32(bytes, trailer + 8);
        if (covered <= 0 || covered % RpmHeaders.ENTRY != 0 || covered / RpmHeaders.ENTRY > tags) {
            throw wrong(
                    0,
                    "is a region that covers " + covered + " bytes of entries; there are " + tags * RpmHeaders.ENTRY);
        }
        packed = (int) (covered / RpmHeaders.ENTRY);
        return offset;
    }

    private void entries(int trailer) throws BadHeader {
        int end = 0;
        for (int i = trailer < 0 ? 0 : 1; i < tags; i++) {
            int offset = offset(i);
            if (tag(i) < RpmTags.FIRST_PLAIN) throw wrong(i, "has a number that only regions have");
            if (offset < 0 || offset > size) {
                throw wrong(i, "lies at " + offset + ", outside the " + size + " bytes of data");
            }
            if (offset < end) {
                throw wrong(i, "lies at " + offset + " and overlaps the entry before it, which ends at " + end);
            }
            int length = length(i);
            int width = RpmHeader.width(type(i));
            if (i < packed && offset != (end + width - 1) / width * width) {
                throw wrong(i, "lies at " + offset + ", with a gap behind the entry before it, which ends at " + end);
            }
            end = offset + length;
            if (i == packed - 1 && end != trailer) {
                throw wrong(i, "is the last and ends at " + end + ", with a gap behind it");
            }
            if (trailer >= 0 && end > trailer && offset < trailer + REGION_BYTES) {
                throw wrong(i, "overlaps the region's trailer");
            }
        }
    }

    /// Bytes of an entry's data, which are all there.
    private int length(int i) throws BadHeader {
        int type = type(i);
        long count = Integer.toUnsignedLong(count(i));
        int offset = offset(i);
        if (type < RpmHeader.CHAR || type > RpmHeader.I18N) throw wrong(i, "has the unknown type " + type);
        if (count == 0) throw wrong(i, "has no elements");
        if (type != RpmHeader.BIN && count > MAX_COUNT) {
            throw BadHeader.tooLarge(where(i) + " claims " + count + " elements; the limit is " + MAX_COUNT);
        }
        if (type >= RpmHeader.STRING && type != RpmHeader.BIN) return strings(i, (int) count, offset);
        int width = RpmHeader.width(type);
        if (offset % width != 0) throw wrong(i, "lies at " + offset + ", which is no multiple of " + width);
        long length = count * width;
        if (length > size - offset) {
            throw wrong(i, "claims " + length + " bytes, of which only " + (size - offset) + " are there");
        }
        return (int) length;
    }

    private int strings(int i, int count, int offset) throws BadHeader {
        if (type(i) == RpmHeader.STRING && count != 1) throw wrong(i, "is one string with a count of " + count);
        int end = ByteScan.afterStrings(bytes, store + offset, store + size, count);
        if (end < 0) throw wrong(i, "has " + count + " strings, of which one has no end before the end of the data");
        return end - store - offset;
    }

    private int tag(int i) {
        return BigEndian.i32(bytes, entry(i));
    }

    private int type(int i) {
        return BigEndian.i32(bytes, entry(i) + 4);
    }

    private int offset(int i) {
        return BigEndian.i32(bytes, entry(i) + 8);
    }

    private int count(int i) {
        return BigEndian.i32(bytes, entry(i) + 12);
    }

    private int entry(int i) {
        return at + RpmHeaders.INTRO + i * RpmHeaders.ENTRY;
    }

    private BadHeader wrong(int i, String what) {
        return BadHeader.malformed(where(i) + " " + what);
    }

    private String where(int i) {
        return "entry " + i + " of the " + part.words + " (tag " + Integer.toUnsignedLong(tag(i)) + ", at byte "
                + (entry(i) - base) + ")";
    }
}
