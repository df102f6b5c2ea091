package org.ekicho.netboot.media;

import java.util.Locale;

/// The sectors of a FAT file system that describe it (FAT specification 1.03, "Boot Sector and BPB
/// Structure").
///
/// @param topCluster of the top folder; 0 unless FAT32
record FatSectors(FatShape shape, int volumeNumber, int topCluster) {
    /// Where FAT32 keeps its second boot sector.
    static final int COPY = 6;
    /// A disk that does not come out; floppies have others.
    private static final int MEDIA = 0xf8;

    private static final int SECTORS_PER_TRACK = 32;
    private static final int HEADS = 64;

    byte[] boot() {
        boolean wide = shape.bits() == 32;
        int total = shape.totalSectors();
        boolean small = !wide && total < 0x1_0000;
        Fields out = sector();
        // A jump over the parameters to an endless loop: this is not for booting by BIOS.
        int code = wide ? 90 : 62;
        out.put8(0, 0xeb).put8(1, (code - 2)).put8(2, 0x90);
        out.put8(code, 0xeb).put8(code + 1, 0xfe);
        out.put(3, "EKICHO  ");
        out.put16(11, FatShape.SECTOR);
        out.put8(13, shape.sectorsPerCluster());
        out.put16(14, shape.reserved());
        out.put8(16, 2);
        out.put16(17, (wide ? 0 : FatShape.TOP_ENTRIES));
        out.put16(19, (small ? total : 0));
        out.put8(21, MEDIA);
        out.put16(22, (wide ? 0 : shape.sectorsPerTable()));
        out.put16(24, SECTORS_PER_TRACK);
        out.put16(26, HEADS);
        out.put32(32, small ? 0 : total);
        int drive = 36;
        if (wide) {
            out.put32(36, shape.sectorsPerTable());
            out.put32(44, topCluster);
            out.put16(48, 1);
            out.put16(50, COPY);
            drive = 64;
        }
        out.put8(drive, 0x80);
        out.put8(drive + 2, 0x29);
        out.put32(drive + 3, volumeNumber);
        out.put(drive + 7, "EKICHO     ");
        out.put(drive + 18, String.format(Locale.ROOT, "FAT%-5d", shape.bits()));
        return out.bytes();
    }

    /// FAT32's sector with the free clusters.
    ///
    /// @param next the first cluster that is free
    byte[] information(int next) {
        int free = shape.clusters() + 2 - next;
        Fields out = sector();
        out.put32(0, 0x4161_5252);
        out.put32(484, 0x6141_7272);
        out.put32(488, free);
        out.put32(492, free == 0 ? -1 : next);
        return out.bytes();
    }

    private static Fields sector() {
        return new Fields(FatShape.SECTOR).put8(510, 0x55).put8(511, 0xaa);
    }
}
