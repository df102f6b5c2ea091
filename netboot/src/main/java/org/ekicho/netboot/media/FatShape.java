package org.ekicho.netboot.media;

import java.util.function.IntToLongFunction;

/// The measures of a FAT file system. Its kind follows from the number of clusters and from nothing else (FAT
/// specification 1.03, "FAT Type Determination"), so counts near the borders are avoided.
///
/// @param bits              12, 16 or 32: bits of an entry of the table
/// @param clusters          that files and folders may use
/// @param sectorsPerCluster of 512 bytes; a power of two
record FatShape(int bits, int clusters, int sectorsPerCluster) {
    static final int SECTOR = 512;
    /// Entries of the top folder of FAT12 and FAT16, which cannot grow.
    static final int TOP_ENTRIES = 512;
    /// Most clusters of FAT32 here: 64 GiB at least, far below what the sector count's 32 bits allow.
    private static final int MAX_CLUSTERS = 1 << 22;
    /// Fewer clusters are FAT12.
    private static final int FIRST_16 = 4_085;
    /// Fewer clusters are FAT16.
    private static final int FIRST_32 = 65_525;
    /// Distance from the borders: some programs have them wrong by a few.
    private static final int CLEAR = 16;

    /// The shape that holds this many bytes in clusters of the size it has itself: asked again with each
    /// size.
    static FatShape holding(IntToLongFunction clustersNeeded) {
        for (int sectors = 4; sectors <= 64; sectors *= 2) {
            long needed = clustersNeeded.applyAsLong(sectors);
            if (needed < FIRST_16 - CLEAR) return new FatShape(12, (int) Math.max(needed, CLEAR), sectors);
            if (needed < FIRST_32 - CLEAR) {
                return new FatShape(16, (int) Math.max(needed, FIRST_16 + CLEAR), sectors);
            }
            if (sectors >= 16 && needed < MAX_CLUSTERS && needed > FIRST_32 + CLEAR)
                return new FatShape(32, (int) needed, sectors);
        }
        throw new IllegalArgumentException("the files for UEFI do not fit a FAT file system");
    }

    int clusterBytes() {
        return sectorsPerCluster * SECTOR;
    }

    /// Sectors before the first table: the boot sector, and with FAT32 its copy and the information sector.
    int reserved() {
        return bits == 32 ? 32 : 1;
    }

    int sectorsPerTable() {
        long tableBits = (clusters + 2L) * bits;
        return (int) ((tableBits + SECTOR * 8L - 1) / (SECTOR * 8L));
    }

    /// Sectors of the top folder outside of the clusters.
    int topSectors() {
        return bits == 32 ? 0 : TOP_ENTRIES * FatNames.ENTRY / SECTOR;
    }

    int firstDataSector() {
        return reserved() + 2 * sectorsPerTable() + topSectors();
    }

    int totalSectors() {
        return firstDataSector() + clusters * sectorsPerCluster;
    }

    /// Where a cluster begins, in bytes; the first is number 2.
    long offsetOf(int cluster) {
        return (firstDataSector() + (cluster - 2L) * sectorsPerCluster) * SECTOR;
    }

    /// The table on disk: 12 bits of each entry share bytes with the next one's, the lower half first.
    byte[] encode(int[] table) {
        Fields out = new Fields(sectorsPerTable() * SECTOR);
        for (int i = 0; i < table.length; i++) {
            switch (bits) {
                case 12 -> {
                    int at = i + i / 2;
                    int shifted = i % 2 == 0 ? table[i] : table[i] << 4;
                    out.put8(at, out.u8(at) | shifted);
                    out.put8(at + 1, out.u8(at + 1) | shifted >>> 8);
                }
                case 16 -> out.put16(2 * i, table[i]);
                default -> out.put32(4 * i, table[i]);
            }
        }
        return out.bytes();
    }

    /// The mark of a chain's end.
    int endMark() {
        return bits == 12 ? 0xfff : bits == 16 ? 0xffff : 0x0fff_ffff;
    }
}
