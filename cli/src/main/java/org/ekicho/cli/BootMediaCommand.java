package org.ekicho.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.ekicho.daemon.boot.BootFolder;
import org.ekicho.daemon.boot.LoaderShelf;
import org.ekicho.daemon.boot.MediaMaker;
import org.ekicho.daemon.boot.TreeShelf;
import org.ekicho.daemon.boot.media.MediaDesk;
import org.ekicho.netboot.media.install.NetworkSetup;
import org.ekicho.netboot.policy.Profile;
import org.ekicho.netboot.settings.BootSettings;
import org.ekicho.site.SiteSettings;
import org.ekicho.wire.IpAddress;
import org.ekicho.wire.MacAddress;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `ekicho boot media`: a small medium for machines that cannot boot by network.
@Command(
        name = "media",
        description = {
            "Write a boot medium: one image that starts as CD and as USB stick, under BIOS and UEFI.",
            "Write it to a stick with: dd if=FILE.iso of=/dev/sdX bs=4M conv=fsync"
        })
final class BootMediaCommand extends Printing implements Callable<Integer> {
    /// What is on it.
    enum Kind {
        tiny,
        installer
    }

    @Mixin
    private BootOption boot = new BootOption();

    @Option(
            names = {"-o", "--output"},
            required = true,
            paramLabel = "FILE.iso",
            description = "The image to write.")
    @SuppressWarnings("NullAway.Init")
    private Path output;

    @Option(
            names = "--machine",
            paramLabel = "MAC",
            converter = MacConverter.class,
            description = "For one machine: the medium uses the interface with this address (default: any machine).")
    private @Nullable MacAddress machine;

    @Option(
            names = "--kind",
            defaultValue = "tiny",
            description = "tiny: iPXE, which asks this server what to do. installer: a tree's kernel and initrd.")
    private Kind kind = Kind.tiny;

    @Option(names = "--profile", paramLabel = "NAME", description = "What the medium installs.")
    private @Nullable String profile;

    @Option(
            names = "--address",
            paramLabel = "IP/BITS",
            description = "A fixed address, e.g. 192.168.55.20/24 (default: DHCP).")
    private @Nullable String address;

    @Option(names = "--gateway", paramLabel = "IP", description = "Default gateway, with --address.")
    private @Nullable String gateway;

    @Option(names = "--vlan", paramLabel = "N", description = "VLAN tag, 1..4094.")
    private @Nullable Integer vlan;

    @Option(
            names = "--server",
            paramLabel = "URL",
            description = "How machines reach this server (default: http://ADDRESS:PORT of [boot]).")
    private @Nullable String server;

    @Option(names = "--ftp", description = "Packages come by FTP instead of HTTP; needs ftp = true in [boot].")
    private boolean ftp;

    @Override
    public Integer call() throws IOException {
        SiteSettings site = boot.site();
        BootSettings settings = site.boot().orElseThrow();
        BootFolder folder = boot.folder();
        MediaMaker maker = new MediaMaker(new LoaderShelf(folder.loaders()), new TreeShelf(folder));
        MediaMaker.Medium medium;
        try {
            MediaMaker.Wish wish =
                    new MediaMaker.Wish(site.name(), reached(settings), packages(settings), network(), Instant.now());
            medium = kind == Kind.tiny
                    ? maker.tiny(wish, profile == null ? List.of() : List.of(profile))
                    : maker.installer(wish, chosen(settings));
        } catch (IllegalArgumentException e) {
            screen.problem(String.valueOf(e.getMessage()));
            return Exit.USAGE;
        }
        long bytes = MediaDesk.write(medium.plan(), output);
        screen.line(output + ": " + Bytes.format(bytes) + ", starts as CD and as stick; to a stick: dd if=" + output
                + " of=/dev/sdX bs=4M conv=fsync");
        medium.notes().forEach(note -> screen.line("note: " + note));
        return Exit.GOOD;
    }

    private Profile chosen(BootSettings settings) {
        Profile found = profile == null && settings.rules().profiles().size() == 1
                ? settings.rules().profiles().values().iterator().next()
                : settings.rules().profiles().get(String.valueOf(profile));
        if (found == null) {
            throw new IllegalArgumentException("name a profile with --profile; there are "
                    + String.join(", ", settings.rules().profiles().keySet()));
        }
        return found;
    }

    private String reached(BootSettings settings) {
        if (server != null) {
            return server.endsWith("/") ? server.substring(0, server.length() - 1) : server;
        }
        IpAddress own = settings.http().address();
        if (own.isAny()) {
            throw new IllegalArgumentException("say how machines reach this server, with http-address in [boot] or"
                    + " --server http://192.168.55.1:" + settings.http().port());
        }
        return "http://" + own + ":" + settings.http().port();
    }

    private String packages(BootSettings settings) {
        String reached = reached(settings);
        if (!ftp) return reached;
        BootSettings.FtpDoor door = settings.ftp()
                .orElseThrow(
                        () -> new IllegalArgumentException("trees are not served by FTP; say ftp = true in [boot]"));
        String host = String.valueOf(URI.create(reached).getHost());
        return IpAddress.parse(host)
                .map(door::url)
                .orElseThrow(() -> new IllegalArgumentException("with --ftp, --server needs an address, not " + host));
    }

    private NetworkSetup network() {
        Optional<NetworkSetup.Nic> nic = Optional.ofNullable(machine).map(NetworkSetup.Nic.WithMac::new);
        Optional<NetworkSetup.Fixed> fixed = Optional.empty();
        if (address != null) {
            String[] parts = address.split("/", -1);
            Optional<IpAddress> ip = IpAddress.parse(parts[0]).filter(IpAddress::isV4);
            if (parts.length != 2 || ip.isEmpty() || !parts[1].matches("[0-9]{1,2}")) {
                throw new IllegalArgumentException("an address with its bits, e.g. 192.168.55.20/24, not " + address);
            }
            Optional<IpAddress> way = Optional.ofNullable(gateway).flatMap(IpAddress::parse);
            fixed = Optional.of(
                    new NetworkSetup.Fixed(ip.get(), Integer.parseInt(parts[1]), way, List.of(), Optional.empty()));
        }
        return new NetworkSetup(nic, Optional.ofNullable(vlan), fixed);
    }
}
