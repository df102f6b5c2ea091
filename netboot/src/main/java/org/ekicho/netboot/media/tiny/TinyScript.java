package org.ekicho.netboot.media.tiny;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.ekicho.netboot.media.install.NetworkSetup;
import org.ekicho.wire.IpAddress;

/// The script that iPXE runs from a tiny medium: the interface and the network as they were told, the site's
/// servers in turn, and on a key the questions of `linux askmethod`, with what is known already filled in.
///
/// The server's script is fetched with what the medium knows in its address: `mac`, `uuid`, `serial`,
/// `method` (`http` or `ftp`, by which the installer shall take its packages), `profile` and `medium=tiny`.
///
/// @param site     name that is shown
/// @param servers  addresses of the boot script, tried in order: `http://10.0.0.1:8080/boot/script.ipxe`
/// @param network  what is filled in; its interface by hardware address or as iPXE counts them (`net0`)
/// @param method   `http` or `ftp`, filled in
/// @param profiles that may be chosen; the first is filled in; may be empty: the server decides
public record TinyScript(String site, List<URI> servers, NetworkSetup network, String method, List<String> profiles) {
    /// Servers that a medium tries; more would make a failure take minutes.
    private static final int MAX_SERVERS = 8;
    /// Interfaces that are looked through for a hardware address.
    private static final int MAX_NICS = 8;
    /// Tries to get an address, each with [#PAUSE_SECONDS] after it: longer than a switch's spanning tree
    /// keeps a port silent (2 × 15 s, and again after iPXE has taken the interface).
    private static final int TRIES = 6;

    private static final int PAUSE_SECONDS = 5;
    /// How long the invitation to press a key stands, in milliseconds.
    private static final int KEY_WAIT = 4_000;

    public TinyScript {
        if (!site.matches("[A-Za-z0-9 ._-]{1,40}")) {
            throw new IllegalArgumentException("a site's name on a medium is 1..40 letters, digits, spaces and . _ -");
        }
        if (servers.isEmpty() || servers.size() > MAX_SERVERS) {
            throw new IllegalArgumentException("a medium needs 1.." + MAX_SERVERS + " servers to ask");
        }
        servers.forEach(TinyScript::check);
        if (!method.equals("http") && !method.equals("ftp")) {
            throw new IllegalArgumentException("the method is http or ftp, not '" + method + "'");
        }
        for (String profile : profiles) {
            if (!profile.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,40}")) {
                throw new IllegalArgumentException("no name of a profile: '" + profile + "'");
            }
        }
        network.nic().ifPresent(nic -> {
            if (nic instanceof NetworkSetup.Nic.Named named && !named.name().matches("net[0-9]")) {
                throw new IllegalArgumentException("iPXE counts interfaces net0, net1 …; '" + named.name()
                        + "' is a name of Linux; give the hardware address");
            }
        });
        servers = List.copyOf(servers);
        profiles = List.copyOf(profiles);
    }

    /// The script.
    public String text() {
        return String.join(
                "\n",
                settings(),
                chooseNic(),
                invitation(KEY_WAIT),
                connect(),
                ask(),
                configured(),
                tryServers(),
                failed(),
                form());
    }

    private String settings() {
        Optional<NetworkSetup.Fixed> fixed = network.fixed();
        return """
                #!ipxe
                # Written by Ekicho for %s.
                set medium tiny
                set method %s
                set profile %s
                set nic net0
                set tag %s
                set mode %s
                set address %s
                set mask %s
                set router %s
                set resolver %s
                set server %s
                """.formatted(
                        site,
                        method,
                        profiles.isEmpty() ? "" : profiles.getFirst(),
                        network.vlan().map(String::valueOf).orElse(""),
                        fixed.isPresent() ? "static" : "dhcp",
                        fixed.map(f -> f.address().toString()).orElse(""),
                        fixed.map(NetworkSetup.Fixed::netmask).orElse("255.255.255.0"),
                        fixed.flatMap(NetworkSetup.Fixed::gateway)
                                .map(IpAddress::toString)
                                .orElse(""),
                        fixed.flatMap(f -> f.dns().stream().findFirst())
                                .map(IpAddress::toString)
                                .orElse(""),
                        servers.getFirst())
                .replaceAll("(?m)[ ]+$", "")
                .replaceAll("(?m)^set (\\w+)$", "clear $1 ||");
    }

    private String chooseNic() {
        StringBuilder text = new StringBuilder();
        network.nic().ifPresent(nic -> {
            switch (nic) {
                case NetworkSetup.Nic.Named named ->
                    text.append("set nic ").append(named.name()).append('\n');
                case NetworkSetup.Nic.WithMac withMac -> {
                    for (int i = 0; i < MAX_NICS; i++) {
                        text.append("iseq ${net%d/mac} %s && set nic net%d ||\n".formatted(i, withMac.mac(), i));
                    }
                }
            }
        });
        return text.toString();
    }

    private String invitation(int milliseconds) {
        return """
                echo Ekicho boot medium of %s
                prompt --key 0x09 --timeout %d Press Tab to change how this machine is installed && goto form ||
                """.formatted(site, milliseconds);
    }

    private static String connect() {
        return """
                :connect
                set port ${nic}
                isset ${tag} && goto tagged || goto untagged
                :tagged
                vcreate --tag ${tag} ${nic} || goto no_vlan
                set port ${nic}-${tag}
                :untagged
                set tries:int32 0
                iseq ${mode} static && goto static || goto dhcp
                :static
                ifopen ${port} || goto no_link
                set ${port}/ip ${address}
                set ${port}/netmask ${mask}
                isset ${router} && set ${port}/gateway ${router} ||
                isset ${resolver} && set ${port}/dns ${resolver} ||
                goto ask_servers
                """;
    }

    private static String ask() {
        return """
                # A switch may keep the port silent for half a minute after the link is up (spanning tree).
                :dhcp
                ifconf --configurator dhcp ${port} && goto ask_servers ||
                inc tries
                iseq ${tries} %d && goto no_dhcp ||
                echo No address by DHCP on ${port} yet (try ${tries} of %d); trying again in %d seconds
                sleep %d
                goto dhcp
                """.formatted(TRIES, TRIES, PAUSE_SECONDS, PAUSE_SECONDS);
    }

    private static String configured() {
        return """
                :ask_servers
                echo ${port}: ${${port}/mac} ${${port}/ip} ${${port}/netmask} by ${mode}
                set query mac=${${port}/mac}&uuid=${uuid}&serial=${serial:uristring}&medium=${medium}
                set query ${query}&method=${method}&profile=${profile}
                """;
    }

    private String tryServers() {
        StringBuilder text = new StringBuilder("chain --replace --autofree ${server}?${query} ||\n");
        for (URI server : servers.subList(1, servers.size())) {
            text.append("set server ").append(server).append('\n');
            text.append("chain --replace --autofree ${server}?${query} ||\n");
        }
        return text.append("echo None of the site's servers gave a boot script; the last was ${server}\ngoto failed\n")
                .toString();
    }

    private static String failed() {
        return """
                :no_vlan
                echo This iPXE cannot use VLAN ${tag}, or ${nic} is not there; give the machine an untagged port
                goto failed
                :no_link
                echo The interface ${port} cannot be opened: is it there, and is its driver in iPXE?
                goto failed
                :no_dhcp
                echo No DHCP server answered on ${port}; cable, VLAN, or choose a static address
                goto failed
                :failed
                ifstat ||
                prompt --timeout 60000 Press a key to change the settings (in 60 s everything is tried again) || goto connect
                """;
    }

    private String form() {
        String items = profiles.stream()
                .map(profile -> "item %s Install %s\n".formatted("profile_" + profile, profile))
                .collect(Collectors.joining());
        String answers = profiles.stream()
                .map(profile -> ":profile_%s\nset profile %s\ngoto form\n".formatted(profile, profile))
                .collect(Collectors.joining());
        return """
                :form
                menu Ekicho boot medium of %s
                item --gap The network
                item nic Interface: ${nic} (${${nic}/mac})
                item mode Address by: ${mode}
                item address Static: ${address} ${mask} router ${router} DNS ${resolver}
                item tag VLAN: ${tag}
                item --gap What is installed, from where
                item method Packages by: ${method}
                item server Server: ${server}
                item profile Profile: ${profile}
                """.formatted(site) + items + """
                item --gap
                item connect Go on with these
                item shell iPXE's own command line
                item disk This machine's own disk
                choose --default connect chosen && goto ${chosen} || goto form
                :nic
                ifstat ||
                echo -n Interface (net0, net1 ...):${} && read nic
                goto form
                :mode
                iseq ${mode} dhcp && set mode static || set mode dhcp
                goto form
                :address
                set mode static
                echo -n Address:${} && read address
                echo -n Netmask:${} && read mask
                echo -n Router:${} && read router
                echo -n DNS server:${} && read resolver
                goto form
                :tag
                echo -n VLAN (empty for none):${} && read tag
                goto form
                :method
                iseq ${method} http && set method ftp || set method http
                goto form
                :server
                echo -n Boot script of the server:${} && read server
                goto form
                :profile
                echo -n Profile:${} && read profile
                goto form
                :shell
                shell
                goto form
                :disk
                exit 1
                """ + answers;
    }

    private static void check(URI server) {
        String text = server.toString();
        boolean web = "http".equals(server.getScheme()) || "https".equals(server.getScheme());
        if (!web || server.getRawAuthority() == null || server.getRawQuery() != null) {
            throw new IllegalArgumentException(
                    "no address of a boot script: " + text + "; e.g. http://10.0.0.1:8080/boot/script.ipxe");
        }
        if (!text.matches("[A-Za-z0-9:/.%_~@\\[\\]-]+")) {
            throw new IllegalArgumentException("the address " + text + " has signs that iPXE would take as its own");
        }
    }
}
