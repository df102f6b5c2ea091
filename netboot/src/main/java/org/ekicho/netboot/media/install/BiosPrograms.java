package org.ekicho.netboot.media.install;

import java.util.List;
import org.ekicho.netboot.media.MediaFile;
import org.ekicho.netboot.media.MediaPlan;

/// syslinux's programs for a BIOS, all of one version.
///
/// @param isolinux `isolinux.bin`
/// @param ldlinux  `ldlinux.c32` of the BIOS modules
/// @param sector   `isohdpfx.bin`, the code of sector 0
public record BiosPrograms(MediaFile isolinux, MediaFile ldlinux, MediaFile sector) {
    private static final String FOLDER = "isolinux/";

    /// How a BIOS starts the medium.
    public MediaPlan.BiosStart start() {
        return new MediaPlan.BiosStart(FOLDER + "isolinux.bin", sector);
    }

    /// The files at their places, and isolinux's configuration.
    public List<MediaFile> placed(BootMenu menu) {
        return List.of(
                isolinux.at(FOLDER + "isolinux.bin"),
                ldlinux.at(FOLDER + "ldlinux.c32"),
                MediaFile.of(FOLDER + "isolinux.cfg", menu.isolinux()),
                MediaFile.of(FOLDER + "boot.msg", menu.message()));
    }
}
