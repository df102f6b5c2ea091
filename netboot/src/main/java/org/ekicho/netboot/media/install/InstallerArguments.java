package org.ekicho.netboot.media.install;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.ekicho.wire.IpAddress;

/// What an installer must be told to find its packages, its answers and its network, in the words of its era.
/// Sources: Anaconda's boot options and dracut.cmdline(7); the installation guides of EL5 and EL6; Debian's
/// installation guide, appendix B; linuxrc's parameter reference; casper(7) and initramfs-tools(7).
///
/// @param tree    where packages or the image lie, http, https or ftp; for Ubuntu the ISO. Empty: the
///                installer asks
/// @param answers kickstart, preseed, AutoYaST profile, or the folder with Ubuntu's `user-data`. Empty: it
///                asks
/// @param more    further arguments as an admin gave them
public record InstallerArguments(
        InstallerEra era, Optional<URI> tree, Optional<URI> answers, NetworkSetup network, List<String> more) {
    public InstallerArguments {
        tree.ifPresent(uri -> check(uri, "tree"));
        answers.ifPresent(uri -> check(uri, "answer file"));
        more = List.copyOf(more);
        if (network.vlan().isPresent()) checkVlan(era, network);
    }

    /// The command line.
    ///
    /// @throws IllegalArgumentException when it is too long, or an argument of `more` is none
    public KernelLine line() {
        KernelLine line = new KernelLine();
        switch (era) {
            case ANACONDA_5 -> oldAnaconda(line, "method");
            case ANACONDA_6 -> oldAnaconda(line, "repo");
            case ANACONDA_7 -> {
                tree.ifPresent(uri -> line.put("inst.repo", uri.toString()));
                answers.ifPresent(uri -> line.put("inst.ks", uri.toString()));
                dracut(line);
            }
            case DEBIAN -> debian(line);
            case UBUNTU -> ubuntu(line);
            case SUSE -> suse(line);
            case AGAMA -> {
                tree.ifPresent(uri -> line.put("inst.install_url", uri.toString()));
                answers.ifPresent(uri -> line.put("inst.auto", uri.toString()));
                dracut(line);
            }
        }
        return line.addAll(more);
    }

    private void oldAnaconda(KernelLine line, String tree) {
        this.tree.ifPresent(uri -> line.put(tree, uri.toString()));
        answers.ifPresent(uri -> line.put("ks", uri.toString()));
        line.put(
                "ksdevice",
                network.name()
                        .or(() -> network.mac().map(mac -> mac.toString().toUpperCase(Locale.ROOT)))
                        .orElse("link"));
        network.fixed()
                .ifPresentOrElse(
                        fixed -> {
                            line.put("ip", fixed.address().toString()).put("netmask", fixed.netmask());
                            fixed.gateway().ifPresent(gateway -> line.put("gateway", gateway.toString()));
                            if (!fixed.dns().isEmpty()) line.put("dns", joined(fixed.dns(), ","));
                            line.add("noipv6");
                        },
                        () -> line.put("ip", "dhcp"));
    }

    /// dracut's way. An interface known by its address only is given a name where one is needed, else
    /// `BOOTIF` says which, so that the installed system keeps the names it would have.
    private void dracut(KernelLine line) {
        Optional<String> parent = network.name();
        if (network.vlan().isPresent() && network.mac().isPresent()) {
            line.put("ifname", "net0:" + network.mac().get());
            parent = Optional.of("net0");
        } else {
            network.mac().ifPresent(mac -> line.put("BOOTIF", "01-" + mac.withDashes()));
        }
        String nic = parent.orElse("");
        if (network.vlan().isPresent()) {
            String tagged = nic + "." + network.vlan().get();
            line.put("vlan", tagged + ":" + nic);
            nic = tagged;
        }
        if (network.fixed().isPresent()) {
            NetworkSetup.Fixed fixed = network.fixed().get();
            line.put(
                    "ip",
                    String.join(
                            ":",
                            fixed.address().toString(),
                            "",
                            fixed.gatewayOr(""),
                            fixed.netmask(),
                            fixed.hostnameOr(""),
                            nic,
                            "none"));
            fixed.dns().forEach(server -> line.put("nameserver", server.toString()));
        } else {
            line.put("ip", nic.isEmpty() ? "dhcp" : nic + ":dhcp");
        }
    }

    private void debian(KernelLine line) {
        if (answers.isPresent()) {
            line.put("auto", "true").put("priority", "critical");
            line.put("url", answers.get().toString());
        }
        line.put("interface", network.name().orElse("auto"));
        // On a LAN without a way out the installer would ask whether to go on.
        line.put("netcfg/no_default_route", "true");
        // The same where nobody names a name server; one that DHCP names is taken all the same.
        if (network.fixed().filter(fixed -> !fixed.dns().isEmpty()).isEmpty()) line.put("netcfg/get_nameservers", "");
        network.mac().ifPresent(mac -> line.put("BOOTIF", "01-" + mac.withDashes()));
        network.vlan().ifPresent(tag -> line.put("netcfg/use_vlan", "true").put("netcfg/vlan_id", tag.toString()));
        network.fixed().ifPresent(fixed -> {
            line.put("netcfg/disable_autoconfig", "true");
            line.put("netcfg/get_ipaddress", fixed.address().toString());
            line.put("netcfg/get_netmask", fixed.netmask());
            line.put("netcfg/get_gateway", fixed.gatewayOr("none"));
            if (!fixed.dns().isEmpty()) line.put("netcfg/get_nameservers", joined(fixed.dns(), " "));
            line.put("netcfg/confirm_static", "true");
            fixed.hostname().ifPresent(name -> line.put("hostname", name));
        });
        tree.ifPresent(uri -> {
            String protocol = uri.getScheme();
            line.put("mirror/country", "manual").put("mirror/protocol", protocol);
            line.put("mirror/" + protocol + "/hostname", uri.getRawAuthority());
            line.put("mirror/" + protocol + "/directory", uri.getRawPath().isEmpty() ? "/" : uri.getRawPath());
            // Given empty, so that the installer does not ask for one.
            line.put("mirror/" + protocol + "/proxy", "");
        });
    }

    private void ubuntu(KernelLine line) {
        network.mac().ifPresent(mac -> line.put("BOOTIF", "01-" + mac.withDashes()));
        line.put("ip", klibc());
        tree.ifPresent(uri -> line.put("url", uri.toString()));
        answers.ifPresent(uri -> {
            String folder = uri.toString().endsWith("/") ? uri.toString() : uri + "/";
            line.add("autoinstall").put("cloud-config-url", "/dev/null").put("ds", "nocloud-net;s=" + folder);
        });
    }

    private String klibc() {
        String nic = network.name().orElse("");
        if (network.fixed().isEmpty()) return nic.isEmpty() ? "dhcp" : ":::::" + nic + ":dhcp";
        NetworkSetup.Fixed fixed = network.fixed().get();
        String dns = fixed.dns().isEmpty()
                ? ""
                : ":" + joined(fixed.dns().subList(0, Math.min(2, fixed.dns().size())), ":");
        return String.join(
                        ":",
                        fixed.address().toString(),
                        "",
                        fixed.gatewayOr(""),
                        fixed.netmask(),
                        fixed.hostnameOr(""),
                        nic,
                        "off")
                + dns;
    }

    private void suse(KernelLine line) {
        tree.ifPresent(uri -> line.put("install", uri.toString()));
        answers.ifPresent(uri -> line.put("autoyast", uri.toString()));
        network.vlan().ifPresent(tag -> line.put("vlanid", tag.toString()));
        String nic =
                network.name().or(() -> network.mac().map(Object::toString)).orElse("*");
        String setup = network.fixed()
                .map(fixed -> String.join(
                        ",", fixed.address() + "/" + fixed.prefix(), fixed.gatewayOr(""), joined(fixed.dns(), " ")))
                .orElse("dhcp");
        line.put("ifcfg", nic + "=" + setup.replaceAll(",+$", ""));
        network.fixed().flatMap(NetworkSetup.Fixed::hostname).ifPresent(name -> line.put("hostname", name));
    }

    private static String joined(List<IpAddress> addresses, String between) {
        return addresses.stream().map(IpAddress::toString).collect(Collectors.joining(between));
    }

    private static void checkVlan(InstallerEra era, NetworkSetup network) {
        switch (era) {
            case ANACONDA_5, ANACONDA_6, UBUNTU ->
                throw new IllegalArgumentException(
                        era.words() + " cannot use a tagged VLAN while it starts; give the machine an untagged port");
            case ANACONDA_7, AGAMA -> {
                if (network.nic().isEmpty()) {
                    throw new IllegalArgumentException(
                            era.words() + " must be told which interface the VLAN is on: its name or hardware address");
                }
            }
            case DEBIAN, SUSE -> {}
        }
    }

    private static void check(URI uri, String what) {
        String scheme = String.valueOf(uri.getScheme());
        if (!List.of("http", "https", "ftp").contains(scheme) || uri.getRawAuthority() == null) {
            throw new IllegalArgumentException(
                    "the " + what + " " + uri + " is no address with http, https or ftp; e.g. http://10.0.0.1/tree");
        }
    }
}
