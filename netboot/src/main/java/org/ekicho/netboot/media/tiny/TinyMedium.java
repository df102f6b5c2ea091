package org.ekicho.netboot.media.tiny;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.ekicho.netboot.client.ClientArch;
import org.ekicho.netboot.media.MediaFile;
import org.ekicho.netboot.media.MediaPlan;
import org.ekicho.netboot.media.install.BiosPrograms;
import org.ekicho.netboot.media.install.BootMenu;
import org.ekicho.netboot.media.install.EfiPrograms;
import org.ekicho.netboot.media.install.KernelLine;

/// A medium of a few megabytes: iPXE and its script. A BIOS starts isolinux, which hands the script to iPXE;
/// under UEFI iPXE reads it from beside itself, if it is not older than 2021.
///
/// @param script what iPXE does
/// @param bios   syslinux's programs and iPXE as a kernel; empty when no BIOS shall start the medium
/// @param efi    iPXE by the kind of UEFI
/// @param serial speed of a serial console; iPXE shows itself there only if it was built so
public record TinyMedium(
        TinyScript script, Optional<ForBios> bios, Map<ClientArch, MediaFile> efi, Optional<Integer> serial) {
    /// The name by which iPXE looks for a script beside itself.
    static final String AUTOEXEC = "autoexec.ipxe";

    private static final String KERNEL = "boot/ipxe.krn";
    private static final String SCRIPT = "boot/script.ipx";

    /// @param programs of syslinux
    /// @param ipxe     `ipxe.lkrn`
    public record ForBios(BiosPrograms programs, MediaFile ipxe) {}

    /// Whether an iPXE for UEFI reads the script from the medium; one that does not takes what DHCP gives it.
    ///
    /// @param program the whole program
    public static boolean readsItsScript(byte[] program) {
        return contains(program, AUTOEXEC.getBytes(StandardCharsets.US_ASCII))
                || contains(program, AUTOEXEC.getBytes(StandardCharsets.UTF_16LE));
    }

    /// What lies on it.
    ///
    /// @param made time stamp of everything on it
    public MediaPlan plan(Instant made) {
        MediaFile text = MediaFile.of(SCRIPT, script.text());
        List<MediaFile> files = new ArrayList<>();
        bios.ifPresent(with -> {
            files.add(with.ipxe().at(KERNEL));
            files.add(text);
            files.addAll(with.programs().placed(menu()));
        });
        List<MediaFile> fat = new ArrayList<>();
        fat.addAll(byCode(efi).values());
        if (!fat.isEmpty()) {
            fat.add(text.at("EFI/BOOT/" + AUTOEXEC));
            fat.add(text.at(AUTOEXEC));
        }
        return new MediaPlan(
                "EKICHO", made, files, bios.map(with -> with.programs().start()), fat);
    }

    private static Map<Integer, MediaFile> byCode(Map<ClientArch, MediaFile> efi) {
        Map<Integer, MediaFile> sorted = new TreeMap<>();
        efi.forEach((arch, file) -> sorted.put(arch.code(), file.at(EfiPrograms.startPath(arch))));
        return sorted;
    }

    private BootMenu menu() {
        BootMenu.Choice ipxe =
                new BootMenu.Choice("ipxe", "Ask the site's server", KERNEL, List.of(SCRIPT), new KernelLine());
        return new BootMenu(
                "Ekicho boot medium of " + script.site(), List.of(ipxe), "ipxe", Duration.ofSeconds(1), serial);
    }

    private static boolean contains(byte[] all, byte[] part) {
        for (int at = 0; at + part.length <= all.length; at++) {
            int same = 0;
            while (same < part.length && all[at + same] == part[same]) {
                same++;
            }
            if (same == part.length) return true;
        }
        return false;
    }
}
