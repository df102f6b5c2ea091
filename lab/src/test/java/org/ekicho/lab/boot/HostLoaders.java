package org.ekicho.lab.boot;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.ekicho.daemon.boot.media.MediaDesk;
import org.ekicho.netboot.client.ClientArch;
import org.ekicho.netboot.media.MediaFile;
import org.ekicho.netboot.media.install.BiosPrograms;
import org.ekicho.netboot.media.install.EfiPrograms;

/// Loaders and an installer's kernel as Debian packages put them on this machine.
final class HostLoaders {
    static final Path IPXE_LKRN = Path.of("/usr/lib/ipxe/ipxe.lkrn");
    static final Path IPXE_EFI = Path.of("/usr/lib/ipxe/ipxe.efi");
    static final Path KERNEL = Path.of("/usr/lib/debian-installer/images/12/amd64/text/debian-installer/amd64/linux");

    private static final Path ISOLINUX = Path.of("/usr/lib/ISOLINUX/isolinux.bin");
    private static final Path SECTOR = Path.of("/usr/lib/ISOLINUX/isohdpfx.bin");
    private static final Path LDLINUX = Path.of("/usr/lib/syslinux/modules/bios/ldlinux.c32");
    private static final Path SHIM = Path.of("/usr/lib/shim/shimx64.efi.signed");
    private static final Path MOK = Path.of("/usr/lib/shim/mmx64.efi.signed");
    private static final Path GRUB = Path.of("/usr/lib/grub/x86_64-efi-signed/gcdx64.efi.signed");
    private static final List<Path> ALL = List.of(
            IPXE_LKRN,
            IPXE_EFI,
            KERNEL,
            ISOLINUX,
            SECTOR,
            LDLINUX,
            SHIM,
            MOK,
            GRUB,
            Path.of("/usr/share/OVMF/OVMF_CODE_4M.fd"));

    private HostLoaders() {}

    /// Skips the test that asks when something is missing, or fails it where peers are required.
    static void need() {
        need(ALL, "./test installs their packages as root");
    }

    /// The same for the folder that `dev/debian-mirror` makes.
    static void needMirror(Path folder) {
        need(List.of(folder.resolve("dists"), folder.resolve("pool")), "dev/debian-mirror .cache/debian");
    }

    private static void need(List<Path> all, String remedy) {
        List<Path> missing = all.stream().filter(file -> !Files.exists(file)).toList();
        if (!missing.isEmpty() && "require".equals(System.getenv("EKICHO_PEERS"))) {
            throw new IllegalStateException("missing: " + missing);
        }
        assumeTrue(missing.isEmpty(), "missing: " + missing + " (" + remedy + ")");
    }

    static BiosPrograms bios() {
        return new BiosPrograms(file(ISOLINUX), file(LDLINUX), file(SECTOR));
    }

    static EfiPrograms signed() {
        return new EfiPrograms(ClientArch.EFI_X64, Optional.of(file(SHIM)), file(GRUB), Optional.of(file(MOK)));
    }

    static MediaFile file(Path where) {
        try {
            return MediaDesk.file("file", where);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
