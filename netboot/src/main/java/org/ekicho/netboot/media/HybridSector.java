package org.ekicho.netboot.media;

/// Sector 0 of a hybrid medium, by which a BIOS starts it from a stick and UEFI finds the FAT file system
/// there: code, a
/// number that names the disk, and two partitions.
///
/// ```text
/// 0    code for BIOS (isohdpfx.bin)
/// 432  where isolinux.bin begins, in sectors of 512 bytes
/// 440  the disk's number
/// 446  partition 1: active, type 0, everything       (typed, EDK2 would refuse it as overlapping)
/// 462  partition 2: type 0xEF, the FAT file system
/// 510  55 aa
/// ```
final class HybridSector {
    /// Bytes that the code may have.
    static final int MAX_CODE = 432;

    private static final int SIZE = 512;
    private static final int EFI_TYPE = 0xef;
    private static final int HEADS = 64;
    private static final int SECTORS = 32;
    private static final int MAX_CYLINDER = 1_023;

    private final Fields out = new Fields(SIZE);

    HybridSector(int diskNumber) {
        out.put32(440, diskNumber);
        out.put8(510, 0x55).put8(511, 0xaa);
    }

    /// @param isolinux sector of 2048 bytes
    void code(byte[] code, long isolinux) {
        out.put(0, code);
        out.put64(432, isolinux * 4);
    }

    /// The whole medium, for a BIOS that wants an active partition.
    void whole(long bytes) {
        partition(446, 0x80, 0, 0, bytes / SIZE);
    }

    /// The FAT file system.
    void fat(long at, long bytes) {
        partition(462, 0, EFI_TYPE, at / SIZE, bytes / SIZE);
    }

    byte[] bytes() {
        return out.bytes();
    }

    private void partition(int at, int status, int type, long first, long count) {
        out.put8(at, status);
        cylinder(at + 1, first);
        out.put8(at + 4, type);
        cylinder(at + 5, first + count - 1);
        out.put32(at + 8, first);
        out.put32(at + 12, count);
    }

    private void cylinder(int at, long sector) {
        long cylinder = sector / (HEADS * SECTORS);
        boolean beyond = cylinder > MAX_CYLINDER;
        int c = beyond ? MAX_CYLINDER : (int) cylinder;
        int head = beyond ? HEADS - 1 : (int) (sector / SECTORS % HEADS);
        int within = beyond ? SECTORS : (int) (sector % SECTORS) + 1;
        out.put8(at, head);
        out.put8(at + 1, within | ((c >>> 2) & 0xc0));
        out.put8(at + 2, c);
    }
}
