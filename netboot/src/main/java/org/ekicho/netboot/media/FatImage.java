package org.ekicho.netboot.media;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A FAT file system with given files, as UEFI firmware wants its boot programs (UEFI 2.10 §13.3). FAT12,
/// FAT16 or FAT32
/// by size; no free room; the same files and time give the same bytes. Source: Microsoft FAT specification
/// 1.03.
///
/// ```text
/// boot sector | (FAT32: information sector, copy of both) | table | table | top folder (not FAT32) | clusters
/// ```
public final class FatImage {
    private static final int FOLDER = 0x10;
    private static final int FILE = 0x20;
    private static final int VOLUME = 0x08;
    private static final byte[] LABEL = "EKICHO     ".getBytes(StandardCharsets.US_ASCII);

    /// What a directory entry says of a file or folder.
    private record Stored(int attributes, int cluster, long size) {}

    private final FatShape shape;
    private final LocalDateTime made;
    private final int[] table;
    private final TreeMap<Integer, MediaFile> contents = new TreeMap<>();
    private final ImageParts image = new ImageParts();
    private int next = 2;

    private FatImage(FatShape shape, LocalDateTime made) {
        this.shape = shape;
        this.made = made;
        this.table = new int[shape.clusters() + 2];
        table[0] = (shape.endMark() & ~0xff) | 0xf8;
        table[1] = shape.endMark();
    }

    /// Lays the files out.
    ///
    /// @param made time stamp of everything in it, 1980..2107
    /// @throws IllegalArgumentException if two files have one path, or they do not fit
    public static FatImage of(List<MediaFile> files, Instant made) {
        FolderTree.Folder top = new FolderTree(files).top();
        LocalDateTime time = LocalDateTime.ofInstant(made, ZoneOffset.UTC);
        if (time.getYear() < 1980 || time.getYear() > 2107) {
            throw new IllegalArgumentException("a FAT file system knows the years 1980..2107, not " + time.getYear());
        }
        FatShape shape = FatShape.holding(sectors -> clustersOf(top, sectors * FatShape.SECTOR));
        FatImage image = new FatImage(shape, time);
        image.lay(top, (int) made.getEpochSecond());
        return image;
    }

    /// Bytes.
    public long size() {
        return image.size();
    }

    /// 12, 16 or 32.
    public int bits() {
        return shape.bits();
    }

    /// Writes the image.
    public void writeTo(WritableByteChannel out) throws IOException {
        image.writeTo(out);
    }

    ImageParts parts() {
        return image;
    }

    private static long clustersOf(FolderTree.Folder folder, int clusterBytes) {
        long count = clustersFor(entriesOf(folder), clusterBytes);
        for (FolderTree.Node each : folder.content().values()) {
            count += switch (each) {
                case FolderTree.Folder inner -> clustersOf(inner, clusterBytes);
                case FolderTree.Leaf leaf -> clustersFor(leaf.file().size(), clusterBytes);
            };
        }
        return count;
    }

    private static long clustersFor(long bytes, int clusterBytes) {
        return (bytes + clusterBytes - 1) / clusterBytes;
    }

    /// Bytes of a folder's entries: two that every folder has (`.` and `..`, or the volume's label), and for
    /// each name its short entry and at most as many long ones as its length asks for.
    private static long entriesOf(FolderTree.Folder folder) {
        long entries = 2;
        for (String name : folder.content().keySet()) {
            entries += 1 + FatNames.most(name);
        }
        return entries * FatNames.ENTRY;
    }

    private void lay(FolderTree.Folder top, int volumeNumber) {
        boolean wide = shape.bits() == 32;
        int topCluster = wide ? reserve(entriesOf(top)) : 0;
        byte[] entries = folder(top, List.of(entry(LABEL, new Stored(VOLUME, 0, 0))), 0);
        if (!wide && entries.length > FatShape.TOP_ENTRIES * FatNames.ENTRY) {
            throw new IllegalArgumentException("too many files in the top folder of a FAT file system");
        }
        FatSectors sectors = new FatSectors(shape, volumeNumber, topCluster);
        image.put(0, sectors.boot());
        if (wide) {
            image.put(FatShape.SECTOR, sectors.information(next));
            image.put(FatSectors.COPY * (long) FatShape.SECTOR, sectors.boot());
            image.put((FatSectors.COPY + 1L) * FatShape.SECTOR, sectors.information(next));
            contents.put(topCluster, MediaFile.of("folder", entries));
        }
        long tableAt = (long) shape.reserved() * FatShape.SECTOR;
        long tableBytes = (long) shape.sectorsPerTable() * FatShape.SECTOR;
        byte[] encoded = shape.encode(table);
        image.put(tableAt, encoded);
        image.put(tableAt + tableBytes, encoded);
        if (!wide) image.put(tableAt + 2 * tableBytes, entries);
        contents.forEach((cluster, content) -> image.put(shape.offsetOf(cluster), content));
        image.padTo((long) shape.totalSectors() * FatShape.SECTOR);
    }

    /// Puts a folder's files and folders into clusters.
    ///
    /// @param first   entries that the folder begins with
    /// @param cluster of the folder; 0 for the top
    /// @return the folder's own entries
    private byte[] folder(FolderTree.Folder folder, List<byte[]> first, int cluster) {
        FatNames names = new FatNames();
        ByteArrayOutputStream entries = new ByteArrayOutputStream();
        first.forEach(entries::writeBytes);
        for (Map.Entry<String, FolderTree.Node> each : folder.content().entrySet()) {
            byte[] shortName = names.shortName(each.getKey());
            FatNames.longEntries(each.getKey(), shortName).forEach(entries::writeBytes);
            entries.writeBytes(entry(shortName, store(each.getValue(), cluster)));
        }
        return entries.toByteArray();
    }

    private Stored store(FolderTree.Node node, int above) {
        return switch (node) {
            case FolderTree.Folder inner -> {
                int cluster = reserve(entriesOf(inner));
                List<byte[]> dots = List.of(
                        entry(FatNames.DOT, new Stored(FOLDER, cluster, 0)),
                        entry(FatNames.DOT_DOT, new Stored(FOLDER, above, 0)));
                contents.put(cluster, MediaFile.of("folder", folder(inner, dots, cluster)));
                yield new Stored(FOLDER, cluster, 0);
            }
            case FolderTree.Leaf leaf -> {
                MediaFile file = leaf.file();
                int cluster = reserve(file.size());
                if (cluster != 0) contents.put(cluster, file);
                yield new Stored(FILE, cluster, file.size());
            }
        };
    }

    /// Chains clusters for this many bytes.
    ///
    /// @return the first; 0 when there are no bytes
    private int reserve(long bytes) {
        int count = (int) clustersFor(bytes, shape.clusterBytes());
        if (count == 0) return 0;
        int first = next;
        for (int i = 1; i < count; i++) {
            table[next] = next + 1;
            next++;
        }
        table[next++] = shape.endMark();
        return first;
    }

    private byte[] entry(byte[] shortName, Stored stored) {
        int time = made.getHour() << 11 | made.getMinute() << 5 | made.getSecond() / 2;
        int date = (made.getYear() - 1980) << 9 | made.getMonthValue() << 5 | made.getDayOfMonth();
        return new Fields(FatNames.ENTRY)
                .put(0, shortName)
                .put8(11, stored.attributes())
                .put16(14, time)
                .put16(16, date)
                .put16(18, date)
                .put16(20, stored.cluster() >>> 16)
                .put16(22, time)
                .put16(24, date)
                .put16(26, stored.cluster())
                .put32(28, stored.size())
                .bytes();
    }
}
