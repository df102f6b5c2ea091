package org.ekicho.netboot.media;

/// The boot catalog of a CD (El Torito 1.0 §2; UEFI 2.10 §13.3.2.1 for platform 0xEF), and the table by which
/// isolinux finds its own file.
final class ElTorito {
    /// Bytes of a catalog here; it may be longer.
    static final int CATALOG = Fields.SECTOR;

    private static final int BIOS = 0;
    private static final int UEFI = 0xef;
    private static final int BOOTABLE = 0x88;
    private static final int FINAL_HEADER = 0x91;
    /// What a BIOS loads of isolinux.bin, in sectors of 512 bytes: the rest it loads itself.
    private static final int LOADED = 4;
    private static final int VOLUME_SECTOR = 16;
    private static final int TABLE = 8;
    private static final int TABLE_END = 64;

    private final Fields out = new Fields(CATALOG);
    private int next;

    /// An entry for BIOS.
    ElTorito bios(long sector) {
        return entry(BIOS, sector, LOADED);
    }

    /// An entry for UEFI: a FAT file system.
    ElTorito uefi(long sector, long bytes) {
        long count = bytes / FatShape.SECTOR;
        // 16 bits hold 32 MiB; 0 says "to the end of the medium".
        return entry(UEFI, sector, count > 0xffff ? 0 : (int) count);
    }

    byte[] bytes() {
        return out.bytes();
    }

    private ElTorito entry(int platform, long sector, int count) {
        if (next == 0) validate(platform);
        else head(platform);
        out.put8(next, BOOTABLE);
        out.put16(next + 6, count);
        out.put32(next + 8, sector);
        next += 32;
        return this;
    }

    private void validate(int platform) {
        out.put8(0, 1).put8(1, platform);
        out.text(4, 6, "EKICHO");
        out.put8(30, 0x55).put8(31, 0xaa);
        int sum = 0;
        for (int at = 0; at < 32; at += 2) {
            sum += out.u8(at) | out.u8(at + 1) << 8;
        }
        out.put16(28, -sum);
        next = 32;
    }

    private void head(int platform) {
        out.put8(next, FINAL_HEADER).put8(next + 1, platform);
        out.put16(next + 2, 1);
        next += 32;
    }

    /// Puts the boot information table into isolinux.bin (`mkisofs` calls it so): where the volume descriptor
    /// and the file itself lie, its length, and the sum of what follows the table.
    static byte[] withTable(byte[] isolinux, long sector) {
        int sum = 0;
        for (int at = TABLE_END; at < isolinux.length; at++) {
            sum += (isolinux[at] & 0xff) << (8 * (at % 4));
        }
        return Fields.copyOf(isolinux)
                .put(TABLE, new byte[TABLE_END - TABLE])
                .put32(TABLE, VOLUME_SECTOR)
                .put32(TABLE + 4, sector)
                .put32(TABLE + 8, isolinux.length)
                .put32(TABLE + 12, sum)
                .bytes();
    }
}
