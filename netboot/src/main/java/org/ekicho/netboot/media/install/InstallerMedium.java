package org.ekicho.netboot.media.install;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.CRC32;
import org.ekicho.netboot.media.MediaFile;
import org.ekicho.netboot.media.MediaPlan;

/// A medium with installers' kernels and initial RAM disks: needs neither the firmware's network nor a
/// loader's, and starts under Secure Boot with the distribution's own shim and GRUB. What comes after the
/// kernel comes by HTTP or FTP.
///
/// @param menu  what it offers; its paths are those of `files`
/// @param files kernels and initial RAM disks
/// @param bios  empty when no BIOS shall start it
/// @param efi   one for each kind of UEFI; may be empty
public record InstallerMedium(
        BootMenu menu, List<MediaFile> files, Optional<BiosPrograms> bios, List<EfiPrograms> efi) {
    public InstallerMedium {
        files = List.copyOf(files);
        efi = List.copyOf(efi);
        List<String> paths = files.stream().map(MediaFile::path).toList();
        for (BootMenu.Choice choice : menu.choices()) {
            List<String> wanted = new ArrayList<>(choice.initrd());
            wanted.add(choice.kernel());
            for (String path : wanted) {
                if (!paths.contains(path)) {
                    throw new IllegalArgumentException("the choice " + choice.name() + " wants " + path
                            + ", which is not among the medium's files");
                }
            }
        }
    }

    /// What lies on it.
    ///
    /// @param made time stamp of everything on it
    public MediaPlan plan(Instant made) {
        String marker = marker(made);
        MediaFile grub = MediaFile.of("EFI/BOOT/grub.cfg", menu.grub(marker));
        List<MediaFile> all = new ArrayList<>(files);
        all.add(MediaFile.of(marker, menu.title() + "\n"));
        bios.ifPresent(programs -> all.addAll(programs.placed(menu)));
        List<MediaFile> fat = new ArrayList<>();
        if (!efi.isEmpty()) {
            // Where GRUB looks depends on who built it: beside itself (Red Hat, SUSE), in its own distribution's
            // folder,
            // or on the file system that has .disk/info (Debian's and Ubuntu's for CDs).
            all.add(grub);
            all.add(grub.at("boot/grub/grub.cfg"));
            all.add(MediaFile.of(".disk/info", menu.title() + "\n"));
            efi.forEach(programs -> fat.addAll(programs.placed()));
            fat.add(grub);
            for (String distribution : List.of("debian", "ubuntu")) {
                fat.add(grub.at("EFI/" + distribution + "/grub.cfg"));
            }
        }
        return new MediaPlan("EKICHO", made, all, bios.map(BiosPrograms::start), fat);
    }

    /// A name that no other medium has, so that GRUB does not take another stick's kernel for ours.
    private String marker(Instant made) {
        CRC32 sum = new CRC32();
        sum.update((menu.isolinux() + made).getBytes(StandardCharsets.UTF_8));
        return String.format(Locale.ROOT, "ekicho/%08x.id", sum.getValue());
    }
}
