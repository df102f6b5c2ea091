package org.ekicho.netboot.media.install;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.ekicho.netboot.client.ClientArch;
import org.ekicho.netboot.media.MediaFile;

/// The distribution's boot programs for one kind of UEFI: byte for byte as they are signed.
///
/// @param arch what they are made for
/// @param shim started first where Secure Boot is on; empty where GRUB is started directly
/// @param grub with its own modules inside (`gcdx64.efi.signed` of Debian, `grubx64.efi` of an installation
///             medium)
/// @param mok  the key manager that shim may ask for
public record EfiPrograms(ClientArch arch, Optional<MediaFile> shim, MediaFile grub, Optional<MediaFile> mok) {
    /// The suffixes by which firmware and shim find their files (UEFI 2.10 §3.5.1.1).
    private static final Map<ClientArch, String> SUFFIXES = Map.of(
            ClientArch.EFI_X64, "x64",
            ClientArch.EFI_IA32, "ia32",
            ClientArch.EFI_ARM64, "aa64",
            ClientArch.EFI_ARM32, "arm",
            ClientArch.EFI_RISCV64, "riscv64");

    /// Where firmware looks for the program of a removable medium: `EFI/BOOT/BOOTX64.EFI`.
    ///
    /// @throws IllegalArgumentException if the architecture has none
    public static String startPath(ClientArch arch) {
        return "EFI/BOOT/BOOT" + suffix(arch).toUpperCase(Locale.ROOT) + ".EFI";
    }

    /// The files at their places on the FAT file system.
    List<MediaFile> placed() {
        String suffix = suffix(arch);
        List<MediaFile> files = new ArrayList<>();
        files.add(shim.orElse(grub).at(startPath(arch)));
        if (shim.isPresent()) files.add(grub.at("EFI/BOOT/grub" + suffix + ".efi"));
        mok.ifPresent(file -> files.add(file.at("EFI/BOOT/mm" + suffix + ".efi")));
        return files;
    }

    private static String suffix(ClientArch arch) {
        String suffix = SUFFIXES.get(arch.program());
        if (suffix == null) throw new IllegalArgumentException("no UEFI medium starts on " + arch.words());
        return suffix;
    }
}
