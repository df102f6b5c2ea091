package org.ekicho.daemon.boot;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.ekicho.daemon.boot.media.MediaDesk;
import org.ekicho.netboot.client.ClientArch;
import org.ekicho.netboot.media.MediaFile;
import org.ekicho.netboot.media.MediaPlan;
import org.ekicho.netboot.media.install.BiosPrograms;
import org.ekicho.netboot.media.install.BootMenu;
import org.ekicho.netboot.media.install.EfiPrograms;
import org.ekicho.netboot.media.install.InstallerArguments;
import org.ekicho.netboot.media.install.InstallerMedium;
import org.ekicho.netboot.media.install.NetworkSetup;
import org.ekicho.netboot.media.tiny.TinyMedium;
import org.ekicho.netboot.media.tiny.TinyScript;
import org.ekicho.netboot.policy.BootPolicy;
import org.ekicho.netboot.policy.Profile;

/// Puts boot media together, of loaders that are here and trees that were imported.
public final class MediaMaker {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int SERIAL = 115_200;

    private final LoaderShelf loaders;
    private final TreeFinder trees;

    public MediaMaker(LoaderShelf loaders, TreeFinder trees) {
        this.loaders = loaders;
        this.trees = trees;
    }

    /// What a medium is for.
    ///
    /// @param site     name that is shown
    /// @param server   where we are reached: `http://192.168.55.1:8069`
    /// @param packages the same for install trees: `ftp://192.168.55.1` where they come by FTP
    /// @param network  how the machine gets its address
    /// @param made     time stamp of everything on it
    public record Wish(String site, String server, String packages, NetworkSetup network, Instant made) {
        String method() {
            return packages.startsWith("ftp:") ? "ftp" : "http";
        }
    }

    /// A medium, and what its maker should know.
    ///
    /// @param plan  to be written
    /// @param notes sentences
    public record Medium(MediaPlan plan, List<String> notes) {}

    /// iPXE that asks us what comes next.
    ///
    /// @param profiles that may be chosen at the machine
    /// @throws IOException when a loader is missing: the message names the command that brings it
    public Medium tiny(Wish wish, List<String> profiles) throws IOException {
        Optional<Path> efi = loaders.file("ipxe/ipxe.efi");
        Map<ClientArch, MediaFile> uefi =
                efi.isPresent() ? Map.of(ClientArch.EFI_X64, MediaDesk.file("ipxe.efi", efi.get())) : Map.of();
        boolean reads = efi.isPresent() && TinyMedium.readsItsScript(Files.readAllBytes(efi.get()));
        TinyScript script = new TinyScript(
                wish.site(),
                List.of(URI.create(wish.server() + BootPolicy.SCRIPT)),
                wish.network(),
                wish.method(),
                profiles);
        TinyMedium medium = new TinyMedium(
                script,
                Optional.of(new TinyMedium.ForBios(bios(), needed("ipxe/ipxe.lkrn"))),
                uefi,
                Optional.of(SERIAL));
        return new Medium(
                medium.plan(wish.made()),
                reads
                        ? List.of()
                        : List.of(
                                "under UEFI this medium needs DHCP to name the boot script: iPXE here is of before 2021"
                                        + " and reads no script of its own; put a newer ipxe.efi into loaders/ of the boot folder,"
                                        + " or take --kind installer"));
    }

    /// A tree's own kernel and initrd, told where everything else is.
    ///
    /// @throws IOException when something is missing: the message says what to do
    public Medium installer(Wish wish, Profile profile) throws IOException {
        InstallTree tree = trees.tree(profile.tree())
                .orElseThrow(() -> new IOException("the tree " + profile.tree()
                        + " is not here; bring it with: ekicho boot tree import " + profile.tree() + " ISO|DIR"));
        InstallerArguments arguments = new InstallerArguments(
                tree.kind().era(),
                tree.source(wish.packages() + BootDesk.TREE + tree.name()),
                Optional.empty(),
                wish.network(),
                profile.arguments());
        String folder = "install/";
        BootMenu.Choice choice = new BootMenu.Choice(
                profile.name().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9-]", "-"),
                tree.title(),
                folder + "linux",
                List.of(folder + "initrd"),
                arguments.line());
        BootMenu menu = new BootMenu(
                "Ekicho boot medium of " + wish.site(), List.of(choice), choice.name(), PATIENCE, Optional.of(SERIAL));
        List<MediaFile> files = List.of(
                MediaDesk.file(
                        folder + "linux", tree.files().resolve(tree.kind().kernel())),
                MediaDesk.file(
                        folder + "initrd", tree.files().resolve(tree.kind().initrd())));
        Optional<EfiPrograms> efi = efi();
        InstallerMedium medium = new InstallerMedium(
                menu, files, Optional.of(bios()), efi.stream().toList());
        return new Medium(
                medium.plan(wish.made()),
                efi.isPresent()
                        ? List.of()
                        : List.of("it starts under BIOS only: shim and GRUB are not here; apt-get install shim-signed"
                                + " grub-efi-amd64-signed"));
    }

    private BiosPrograms bios() throws IOException {
        return new BiosPrograms(
                needed("isolinux/isolinux.bin"), needed("isolinux/ldlinux.c32"), needed("isolinux/isohdpfx.bin"));
    }

    private Optional<EfiPrograms> efi() throws IOException {
        Optional<Path> grub = loaders.file("shim/grubx64.efi");
        Optional<Path> shim = loaders.file("shim/shimx64.efi");
        Optional<Path> keys = loaders.file("shim/mmx64.efi");
        if (grub.isEmpty() || shim.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new EfiPrograms(
                ClientArch.EFI_X64,
                Optional.of(MediaDesk.file("shim", shim.get())),
                MediaDesk.file("grub", grub.get()),
                keys.isPresent() ? Optional.of(MediaDesk.file("mok", keys.get())) : Optional.empty()));
    }

    private MediaFile needed(String name) throws IOException {
        Path file = loaders.file(name)
                .orElseThrow(() -> new IOException(
                        name + " is not here; \"ekicho boot loaders\" names the command that brings it"));
        return MediaDesk.file(name, file);
    }
}
