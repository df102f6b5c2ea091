package org.ekicho.netboot.iso;

/// A way in which firmware may start a disc (El Torito 1.0 §2.2).
///
/// @param platform 0 BIOS, 0xEF UEFI; others are rare
/// @param bootable as the entry says
/// @param media    0 no emulation, 1..3 floppies, 4 hard disk
/// @param at       bytes from the image's start
/// @param sectors  of 512 bytes that firmware loads; 0 and 1 mean, for UEFI, to the end of the disc
public record BootEntry(int platform, boolean bootable, int media, long at, int sectors) {
    public static final int BIOS = 0;
    public static final int UEFI = 0xef;
}
