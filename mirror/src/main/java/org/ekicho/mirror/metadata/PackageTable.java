package org.ekicho.mirror.metadata;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.ekicho.mirror.hash.Checksum;
import org.ekicho.mirror.hash.HashType;
import org.ekicho.mirror.location.CheckedPath;
import org.ekicho.mirror.rpm.Evr;
import org.ekicho.mirror.rpm.RpmPackage;

/// Every package of a repository, packed: about 130 bytes each, so that a distribution of 70,000 fits in 10 MB. An
/// entry
/// is unpacked when asked for.
///
/// A row is the entry's fields one after another: numbers as bytes of seven bits (the lowest first), texts as a length
/// and UTF-8. Words that come again and again (architectures, folders) are numbers of a dictionary, and names of files
/// that follow from name, version and architecture are not stored. Rows lie in blocks of 64 KiB; where a row begins is
/// one number, the block in its upper half.
public final class PackageTable implements Iterable<PackageEntry> {
    /// Most packages of one repository: ten times the largest distribution.
    public static final int MAX_PACKAGES = 1_000_000;

    /// Most bytes of all rows: twice what the most packages take that are allowed.
    static final int MAX_BYTES = 256 << 20;

    private static final int BLOCK = 1 << 16;

    private static final String SOURCE_END = ".src.rpm";
    private static final int SOURCE_OF_SAME_NAME = 0;
    private static final int SOURCE_OF_SAME_VERSION = 1;
    private static final int SOURCE_IN_FULL = 2;

    private final List<byte[]> blocks;
    private final int[] starts;
    private final List<String> words;

    private PackageTable(List<byte[]> blocks, int[] starts, List<String> words) {
        this.blocks = blocks;
        this.starts = starts;
        this.words = words;
    }

    /// How many packages there are.
    public int size() {
        return starts.length;
    }

    /// The package at an index from 0 to `size() - 1`. An index is not an ordinal: rejected packages have none.
    public PackageEntry entry(int index) {
        return new Row(blocks.get(starts[index] >>> 16), starts[index] & (BLOCK - 1), words).unpack();
    }

    /// Bytes that the table occupies, for reports.
    public long heapBytes() {
        long text = 0;
        for (String word : words) {
            text += 56 + word.length();
        }
        for (byte[] block : blocks) {
            text += block.length;
        }
        return text + 4L * starts.length;
    }

    @Override
    public Iterator<PackageEntry> iterator() {
        return new Iterator<>() {
            private int next;

            @Override
            public boolean hasNext() {
                return next < size();
            }

            @Override
            public PackageEntry next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                return entry(next++);
            }
        };
    }

    /// A table of these packages.
    public static PackageTable of(List<PackageEntry> entries) {
        Builder builder = new Builder();
        entries.forEach(builder::add);
        return builder.build();
    }

    /// Packs entries as they come.
    public static final class Builder {
        private final List<byte[]> blocks = new ArrayList<>();
        private final ByteArrayOutputStream row = new ByteArrayOutputStream(1 << 10);
        private final Map<String, Integer> numbers = new HashMap<>();
        private final List<String> words = new ArrayList<>();
        private int[] starts = new int[1024];
        private int count;
        private int used = BLOCK;
        private long bytes;

        public int size() {
            return count;
        }

        /// Whether one more may be added.
        public boolean hasRoom() {
            return count < MAX_PACKAGES && bytes < MAX_BYTES;
        }

        public void add(PackageEntry entry) {
            if (count == starts.length) {
                starts = Arrays.copyOf(starts, count * 2);
            }
            row.reset();
            number(entry.ordinal());
            text(entry.name());
            text(entry.evr().epoch());
            text(entry.evr().version());
            text(entry.evr().release());
            word(entry.arch());
            number(entry.pkgid().type().ordinal());
            byte[] digest = HexFormat.of().parseHex(entry.pkgid().hex());
            row.write(digest, 0, digest.length);
            String path = entry.path().text();
            String file = entry.path().fileName();
            word(path.substring(0, path.length() - file.length()));
            text(file.equals(usualFileName(entry.name(), entry.evr(), entry.arch())) ? "" : file);
            word(entry.base().orElse(""));
            number(entry.sizes().packageFile());
            number(entry.sizes().installed());
            number(entry.sizes().archive());
            number(entry.times().file());
            number(entry.times().build());
            sourceRpm(entry);
            number(entry.header().start());
            number(entry.header().end());
            place();
        }

        /// Only the source's name, where its version and release are the package's.
        private void sourceRpm(PackageEntry entry) {
            String usual = "-" + entry.evr().version() + "-" + entry.evr().release() + SOURCE_END;
            String source = entry.sourceRpm();
            if (source.equals(entry.name() + usual)) {
                number(SOURCE_OF_SAME_NAME);
            } else if (source.endsWith(usual)) {
                number(SOURCE_OF_SAME_VERSION);
                text(source.substring(0, source.length() - usual.length()));
            } else {
                number(SOURCE_IN_FULL);
                text(source);
            }
        }

        /// Puts the row behind the one before, or in a block of its own when it is longer than one.
        private void place() {
            int length = row.size();
            if (used + length > BLOCK) {
                blocks.add(new byte[Math.max(BLOCK, length)]);
                used = 0;
            }
            byte[] packed = row.toByteArray();
            System.arraycopy(packed, 0, blocks.getLast(), used, length);
            starts[count++] = (blocks.size() - 1) << 16 | used;
            used += length;
            bytes += length;
        }

        public PackageTable build() {
            return new PackageTable(List.copyOf(blocks), Arrays.copyOf(starts, count), List.copyOf(words));
        }

        private void text(String text) {
            byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
            number(utf8.length);
            row.write(utf8, 0, utf8.length);
        }

        private void word(String word) {
            Integer known = numbers.get(word);
            if (known == null) {
                known = words.size();
                numbers.put(word, known);
                words.add(word);
                bytes += word.length();
            }
            number(known);
        }

        private void number(long value) {
            long rest = value;
            while ((rest & ~0x7fL) != 0) {
                row.write((int) (rest & 0x7f) | 0x80);
                rest >>>= 7;
            }
            row.write((int) rest);
        }
    }

    private static String usualFileName(String name, Evr evr, String arch) {
        return name + "-" + evr.version() + "-" + evr.release() + "." + arch + ".rpm";
    }

    /// Reads the fields of one row in order.
    private static final class Row {
        private final byte[] rows;
        private final List<String> words;
        private int at;

        Row(byte[] rows, int at, List<String> words) {
            this.rows = rows;
            this.at = at;
            this.words = words;
        }

        PackageEntry unpack() {
            int ordinal = (int) number();
            String name = text();
            Evr evr = new Evr(text(), text(), text());
            String arch = word();
            Checksum pkgid = checksum();
            String folder = word();
            String file = text();
            CheckedPath path = new CheckedPath(folder + (file.isEmpty() ? usualFileName(name, evr, arch) : file));
            String base = word();
            return new PackageEntry(
                    ordinal,
                    name,
                    evr,
                    arch,
                    pkgid,
                    path,
                    base.isEmpty() ? Optional.empty() : Optional.of(base),
                    new RpmPackage.Sizes(number(), number(), number()),
                    new RpmPackage.Times(number(), number()),
                    sourceRpm(name, evr),
                    new RpmPackage.HeaderRange(number(), number()));
        }

        private String sourceRpm(String name, Evr evr) {
            int kind = (int) number();
            String stored = kind == SOURCE_OF_SAME_NAME ? name : text();
            return kind == SOURCE_IN_FULL ? stored : stored + "-" + evr.version() + "-" + evr.release() + SOURCE_END;
        }

        private Checksum checksum() {
            HashType type = HashType.values()[(int) number()];
            int length = type.hexLength() / 2;
            String hex = HexFormat.of().formatHex(rows, at, at + length);
            at += length;
            return new Checksum(type, hex);
        }

        private String text() {
            int length = (int) number();
            String text = new String(rows, at, length, StandardCharsets.UTF_8);
            at += length;
            return text;
        }

        private String word() {
            return words.get((int) number());
        }

        private long number() {
            long value = 0;
            for (int shift = 0; ; shift += 7) {
                byte next = rows[at++];
                value |= (long) (next & 0x7f) << shift;
                if (next >= 0) {
                    return value;
                }
            }
        }
    }
}
