package org.ekicho.mirror.metadata;

import java.util.ArrayList;
import java.util.List;

/// Files of install trees that no section of `.treeinfo` names, and that installers, loaders and people ask for.
/// Upstream
/// names no checksum for them, so that each is fetched if it is there and left out if it is not.
final class CustomaryTreeFiles {
    private static final List<String> EVERYWHERE = List.of(
            ".discinfo",
            "media.repo",
            "LICENSE",
            "EULA",
            "GPL",
            "extra_files.json",
            "images/updates.img",
            "images/product.img",
            "EFI/BOOT/grub.cfg",
            "EFI/BOOT/BOOT.conf",
            "EFI/BOOT/fonts/unicode.pf2");
    private static final List<String> PC = List.of(
            "EFI/BOOT/BOOTX64.EFI",
            "EFI/BOOT/BOOTIA32.EFI",
            "EFI/BOOT/grubx64.efi",
            "EFI/BOOT/grubia32.efi",
            "EFI/BOOT/mmx64.efi",
            "EFI/BOOT/mmia32.efi",
            "isolinux/isolinux.bin",
            "isolinux/isolinux.cfg",
            "isolinux/boot.msg",
            "isolinux/grub.conf",
            "isolinux/ldlinux.c32",
            "isolinux/libcom32.c32",
            "isolinux/libutil.c32",
            "isolinux/vesamenu.c32",
            "isolinux/memtest",
            "isolinux/splash.png",
            "isolinux/vmlinuz",
            "isolinux/initrd.img");
    private static final List<String> ARM =
            List.of("EFI/BOOT/BOOTAA64.EFI", "EFI/BOOT/grubaa64.efi", "EFI/BOOT/mmaa64.efi");

    private CustomaryTreeFiles() {}

    /// @param arch of the tree; empty: any
    static List<String> paths(String arch) {
        List<String> paths = new ArrayList<>(EVERYWHERE);
        boolean arm = arch.equals("aarch64");
        boolean pc = arch.equals("x86_64") || arch.equals("i386");
        if (pc || arch.isEmpty()) {
            paths.addAll(PC);
        }
        if (arm || arch.isEmpty()) {
            paths.addAll(ARM);
        }
        return paths;
    }
}
