package org.ekicho.daemon.boot;

import java.util.List;
import java.util.Optional;
import org.ekicho.netboot.client.ClientArch;

/// A boot program or a part of one that others have made, and where their packages put it.
///
/// @param name   in the boot index: `ipxe/snponly.efi`
/// @param arch   that it runs on
/// @param use    what for
/// @param debian its file in Debian and its derivatives
/// @param fedora its file in Fedora, RHEL and their kin; empty: they have none
/// @param debianPackage what brings it there
/// @param fedoraPackage likewise; empty: none
record Loader(
        String name,
        ClientArch arch,
        Use use,
        String debian,
        String fedora,
        String debianPackage,
        String fedoraPackage) {
    /// What a loader is for.
    enum Use {
        /// Loaded over the network by firmware; the first of an architecture is tried first.
        NETWORK,
        /// Put on media.
        MEDIA
    }

    private static final String DEBIAN_IPXE = "/usr/lib/ipxe/";
    private static final String FEDORA_IPXE = "/usr/share/ipxe/";

    /// All that are known, in the order in which they are tried.
    static final List<Loader> ALL = List.of(
            ipxe("undionly.kpxe", ClientArch.BIOS, "undionly.kpxe", "undionly.kpxe", Use.NETWORK),
            ipxe("ipxe.pxe", ClientArch.BIOS, "ipxe.pxe", "ipxe.pxe", Use.NETWORK),
            ipxe("snponly.efi", ClientArch.EFI_X64, "snponly.efi", "ipxe-snponly-x86_64.efi", Use.NETWORK),
            ipxe("ipxe.efi", ClientArch.EFI_X64, "ipxe.efi", "ipxe-x86_64.efi", Use.NETWORK),
            new Loader(
                    "ipxe/snponly-arm64.efi",
                    ClientArch.EFI_ARM64,
                    Use.NETWORK,
                    "/usr/lib/ipxe/snponly-arm64.efi",
                    "/usr/share/ipxe/arm64-efi/snponly.efi",
                    "",
                    "ipxe-bootimgs-aarch64"),
            ipxe("ipxe.lkrn", ClientArch.BIOS, "ipxe.lkrn", "ipxe.lkrn", Use.MEDIA),
            new Loader(
                    "isolinux/isolinux.bin",
                    ClientArch.BIOS,
                    Use.MEDIA,
                    "/usr/lib/ISOLINUX/isolinux.bin",
                    "/usr/share/syslinux/isolinux.bin",
                    "isolinux",
                    "syslinux-nonlinux"),
            new Loader(
                    "isolinux/isohdpfx.bin",
                    ClientArch.BIOS,
                    Use.MEDIA,
                    "/usr/lib/ISOLINUX/isohdpfx.bin",
                    "/usr/share/syslinux/isohdpfx.bin",
                    "isolinux",
                    "syslinux-nonlinux"),
            new Loader(
                    "isolinux/ldlinux.c32",
                    ClientArch.BIOS,
                    Use.MEDIA,
                    "/usr/lib/syslinux/modules/bios/ldlinux.c32",
                    "/usr/share/syslinux/ldlinux.c32",
                    "syslinux-common",
                    "syslinux-nonlinux"),
            new Loader(
                    "shim/shimx64.efi",
                    ClientArch.EFI_X64,
                    Use.MEDIA,
                    "/usr/lib/shim/shimx64.efi.signed",
                    "/boot/efi/EFI/BOOT/BOOTX64.EFI",
                    "shim-signed",
                    "shim-x64"),
            new Loader(
                    "shim/mmx64.efi",
                    ClientArch.EFI_X64,
                    Use.MEDIA,
                    "/usr/lib/shim/mmx64.efi.signed",
                    "",
                    "shim-signed",
                    ""),
            new Loader(
                    "shim/grubx64.efi",
                    ClientArch.EFI_X64,
                    Use.MEDIA,
                    "/usr/lib/grub/x86_64-efi-signed/gcdx64.efi.signed",
                    "",
                    "grub-efi-amd64-signed",
                    "grub2-efi-x64"));

    private static Loader ipxe(String name, ClientArch arch, String debian, String fedora, Use use) {
        return new Loader(
                "ipxe/" + name, arch, use, DEBIAN_IPXE + debian, FEDORA_IPXE + fedora, "ipxe", "ipxe-bootimgs-x86");
    }

    /// The last part of its name.
    String fileName() {
        return name.substring(name.lastIndexOf('/') + 1);
    }

    /// The command that brings it to this host; empty when no package of its distribution has it.
    Optional<String> remedy(Family family) {
        String wanted = family == Family.DEBIAN ? debianPackage : fedoraPackage;
        return wanted.isEmpty()
                ? Optional.empty()
                : Optional.of((family == Family.DEBIAN ? "apt-get install " : "dnf install ") + wanted);
    }

    /// Whose packages this host has.
    enum Family {
        DEBIAN,
        FEDORA
    }
}
