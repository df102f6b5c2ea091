package org.ekicho.mirror.rpm;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.ekicho.wire.BigEndian;

/// One checked header: its entries by tag, read where they lie. Entries are few (about 80), so that a tag is looked for
/// from the last to the first: what was added behind a region stands for what the region says.
public final class RpmHeader {
    static final int CHAR = 1;
    static final int I16 = 3;
    static final int I32 = 4;
    static final int I64 = 5;
    static final int STRING = 6;
    static final int BIN = 7;
    static final int STRINGS = 8;
    static final int I18N = 9;

    private final byte[] bytes;
    private final int base;
    private final int at;
    private final int tags;
    private final int store;
    private final boolean region;

    RpmHeader(byte[] bytes, int base, int at, int tags, int store, boolean region) {
        this.bytes = bytes;
        this.base = base;
        this.at = at;
        this.tags = tags;
        this.store = store;
        this.region = region;
    }

    /// Whether its entries are sealed by a region; packages of format 3 have none.
    boolean hasRegion() {
        return region;
    }

    /// Whether it has an entry of this tag.
    public boolean has(int tag) {
        return find(tag) >= 0;
    }

    /// How many elements the entry of this tag has; 0 when absent.
    int count(int tag) {
        int entry = find(tag);
        return entry < 0 ? 0 : BigEndian.i32(bytes, entry + 12);
    }

    /// The first string of this tag; empty when absent. Of translations this is the one of locale C.
    String text(int tag) throws BadHeader {
        Strings strings = strings(tag);
        return strings.count() == 0 ? "" : strings.next();
    }

    /// The first number of this tag.
    long number(int tag, long otherwise) throws BadHeader {
        Numbers numbers = numbers(tag);
        return numbers.count() == 0 ? otherwise : numbers.at(0);
    }

    /// All strings of this tag, one after the other; none when absent.
    Strings strings(int tag) throws BadHeader {
        int entry = find(tag);
        if (entry < 0) return new Strings(bytes, base, tag, 0, 0);
        int type = BigEndian.i32(bytes, entry + 4);
        if (type != STRING && type != STRINGS && type != I18N) throw wrongType(tag, entry, type, "text");
        return new Strings(bytes, base, tag, dataOf(entry), BigEndian.i32(bytes, entry + 12));
    }

    /// All numbers of this tag; none when absent.
    Numbers numbers(int tag) throws BadHeader {
        int entry = find(tag);
        if (entry < 0) return new Numbers(bytes, base, tag, 0, 1, 0);
        int type = BigEndian.i32(bytes, entry + 4);
        if (type < CHAR || type > I64) throw wrongType(tag, entry, type, "numbers");
        return new Numbers(bytes, base, tag, dataOf(entry), width(type), BigEndian.i32(bytes, entry + 12));
    }

    /// The bytes of this tag in lower-case hexadecimal digits; empty when absent.
    String hex(int tag) throws BadHeader {
        int entry = find(tag);
        if (entry < 0) return "";
        int type = BigEndian.i32(bytes, entry + 4);
        if (type != BIN) throw wrongType(tag, entry, type, "bytes");
        int length = BigEndian.i32(bytes, entry + 12);
        if (length > 64) {
            throw BadHeader.tooLarge(
                    "tag " + tag + " at byte " + (entry - base) + " is no digest: it has " + length + " bytes");
        }
        return HexFormat.of().formatHex(bytes, dataOf(entry), dataOf(entry) + length);
    }

    /// The bytes of this tag, copied; none when absent.
    byte[] binary(int tag) throws BadHeader {
        int entry = find(tag);
        if (entry < 0) return new byte[0];
        int type = BigEndian.i32(bytes, entry + 4);
        if (type != BIN) throw wrongType(tag, entry, type, "bytes");
        return Arrays.copyOfRange(bytes, dataOf(entry), dataOf(entry) + BigEndian.i32(bytes, entry + 12));
    }

    /// Bytes of one element of a type of numbers or bytes.
    static int width(int type) {
        return switch (type) {
            case I16 -> 2;
            case I32 -> 4;
            case I64 -> 8;
            default -> 1;
        };
    }

    private int find(int tag) {
        for (int entry = at + RpmHeaders.INTRO + (tags - 1) * RpmHeaders.ENTRY; entry > at; entry -= RpmHeaders.ENTRY) {
            if (BigEndian.i32(bytes, entry) == tag) return entry;
        }
        return -1;
    }

    private int dataOf(int entry) {
        return store + BigEndian.i32(bytes, entry + 8);
    }

    private BadHeader wrongType(int tag, int entry, int type, String expected) {
        return BadHeader.malformed(
                "tag " + tag + " at byte " + (entry - base) + " has type " + type + "; expected " + expected);
    }

    /// A cursor over the strings of a tag.
    static final class Strings {
        private final byte[] bytes;
        private final int base;
        private final int tag;
        private final int count;
        private int start;
        private int end;
        private int at;
        private Encoding encoding = Encoding.ASCII;

        private Strings(byte[] bytes, int base, int tag, int at, int count) {
            this.bytes = bytes;
            this.base = base;
            this.tag = tag;
            this.at = at;
            this.count = count;
        }

        int count() {
            return count;
        }

        /// The next string. Asking for more than there are is a mistake of the caller.
        String next() throws BadHeader {
            advance();
            return text();
        }

        /// Goes to the next string without making it.
        void advance() throws BadHeader {
            start = at;
            long above = 0;
            long control = 0;
            int p = start;
            while (true) {
                if (p + 8 > bytes.length) {
                    // Near the end of the bytes: one at a time.
                    byte b = bytes[p];
                    if (b == 0) break;
                    above |= b & 0x80;
                    control |= (b & 0xff) < 32 ? 1 : 0;
                    p++;
                    continue;
                }
                long word = BigEndian.i64(bytes, p);
                long zeros = ByteScan.zeros(word);
                if (zeros != 0) {
                    int length = Long.numberOfLeadingZeros(zeros) >>> 3;
                    long last = ByteScan.first(word, length);
                    above |= ByteScan.aboveAscii(last);
                    control |= ByteScan.belowBlank(last);
                    p += length;
                    break;
                }
                above |= ByteScan.aboveAscii(word);
                control |= ByteScan.belowBlank(word);
                p += 8;
            }
            end = p;
            at = p + 1;
            encoding = above == 0 ? Encoding.ASCII : Encoding.UNKNOWN;
            if (control != 0) refuseControl(start, end);
        }

        /// The string at which it stands.
        String text() throws BadHeader {
            if (end == start) return "";
            return encoding == Encoding.ASCII
                    ? new String(bytes, start, end - start, StandardCharsets.ISO_8859_1)
                    : RpmText.decode(bytes, start, end, tag, base);
        }

        /// Where the string lies at which it stands.
        Span span() {
            return new Span(start, end, encoding);
        }

        /// A path of a folder and the string at which this cursor stands. Where the whole is no UTF-8, it is taken byte
        /// by
        /// byte.
        ///
        /// @param room at least as long as both
        String pathIn(Span folder, byte[] room) throws BadHeader {
            int first = folder.end - folder.start;
            int second = end - start;
            System.arraycopy(bytes, folder.start, room, 0, first);
            System.arraycopy(bytes, start, room, first, second);
            if (folder.encoding == Encoding.ASCII && encoding == Encoding.ASCII) {
                return new String(room, 0, first + second, StandardCharsets.ISO_8859_1);
            }
            return RpmText.decode(room, 0, first + second, tag, first + base - start);
        }

        int length() {
            return end - start;
        }

        private void refuseControl(int start, int end) throws BadHeader {
            for (int i = start; i < end; i++) {
                int b = bytes[i] & 0xff;
                if (b < 32 && b != '\t' && b != '\n' && b != '\r') {
                    throw BadHeader.malformed("the text of tag " + tag + " has the control byte "
                            + Integer.toHexString(b) + " at byte " + (i - base) + ", which no metadata can carry");
                }
            }
        }
    }

    /// What is known of a text's bytes.
    enum Encoding {
        ASCII,
        UNKNOWN
    }

    /// Where a string lies in the bytes.
    record Span(int start, int end, Encoding encoding) {
        int length() {
            return end - start;
        }
    }

    /// The numbers of a tag, unsigned.
    static final class Numbers {
        private final byte[] bytes;
        private final int base;
        private final int tag;
        private final int at;
        private final int width;
        private final int count;

        private Numbers(byte[] bytes, int base, int tag, int at, int width, int count) {
            this.bytes = bytes;
            this.base = base;
            this.tag = tag;
            this.at = at;
            this.width = width;
            this.count = count;
        }

        int count() {
            return count;
        }

        /// The number at `index`, which is less than the count.
        long at(int index) throws BadHeader {
            int p = at + index * width;
            return switch (width) {
                case 1 -> BigEndian.u8(bytes, p);
                case 2 -> BigEndian.u16(bytes, p);
                case 4 -> BigEndian.u32(bytes, p);
                default -> {
                    long value = BigEndian.i64(bytes, p);
                    if (value < 0) {
                        throw BadHeader.tooLarge(
                                "the number of tag " + tag + " at byte " + (p - base) + " is 2^63 or more");
                    }
                    yield value;
                }
            };
        }

        /// The low 32 bits of the number at `index`.
        int bitsAt(int index) throws BadHeader {
            return (int) at(index);
        }
    }
}
