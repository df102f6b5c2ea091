package org.ekicho.netboot.media;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What lies on a medium and what starts it.
///
/// @param volume  name of the volume: 1..32 capitals, digits and `_`
/// @param made    time stamp of everything on it
/// @param files   on the ISO9660 file system, which BIOS loaders and GRUB read
/// @param bios    how a BIOS starts it; empty for machines without
/// @param uefi    files of the FAT file system that UEFI starts from (`EFI/BOOT/BOOTX64.EFI` …); may be empty
public record MediaPlan(
        String volume, Instant made, List<MediaFile> files, Optional<BiosStart> bios, List<MediaFile> uefi) {
    /// A BIOS's way in.
    ///
    /// @param isolinux path of `isolinux.bin` among the files
    /// @param sector   the code of sector 0, `isohdpfx.bin` of the same package: at most 432 bytes
    public record BiosStart(String isolinux, MediaFile sector) {}

    public MediaPlan {
        if (!volume.matches("[A-Z0-9_]{1,32}")) {
            throw new IllegalArgumentException("no name of a volume: " + volume);
        }
        if (bios.isEmpty() && uefi.isEmpty()) {
            throw new IllegalArgumentException("a medium needs a loader for BIOS, for UEFI or for both");
        }
        files = List.copyOf(files);
        uefi = List.copyOf(uefi);
    }
}
