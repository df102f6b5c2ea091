package org.ekicho.site.toml;

import java.util.List;
import org.ekicho.netboot.settings.BootSettings;
import org.ekicho.site.toml.Section.Repeat;

/// The tables and keys of network installation.
final class BootSchema {
    private static final Kind TEXT = new Kind.Text();
    private static final Kind TEXTS = new Kind.ListOf(TEXT);
    private static final Kind SWITCH = new Kind.Switch();

    static final Section BOOT = new Section(
            "boot",
            Repeat.ONCE,
            "Network installation. There is none unless this table or one below it stands in the file. DHCP and TFTP "
                    + "answer on the interfaces that are named, and on no other.",
            List.of(
                    new Key(
                            "folder",
                            TEXT,
                            "\"" + BootSettings.DEFAULT_FOLDER + "\"",
                            "\"/srv/boot\"",
                            "Where imported trees, loaders, install orders and leases are."),
                    new Key(
                            "answers",
                            TEXT,
                            "`answers` in the folder",
                            "\"/etc/ekicho/answers\"",
                            "Folder of templates for kickstart, preseed, autoinstall and AutoYaST files."),
                    new Key(
                            "interfaces",
                            TEXTS,
                            "none",
                            "[\"eth1\"]",
                            "Interfaces on which DHCP and TFTP answer. Without any, only HTTP does."),
                    new Key(
                            "dhcp",
                            new Kind.Choice(List.of("off", "proxy", "server")),
                            "\"proxy\"",
                            "\"proxy\"",
                            "`proxy`: another server gives the addresses, this one only says what to boot. `server`: this "
                                    + "one gives them, too, from [[boot.subnet]]; it stands down when another server shows "
                                    + "up. `off`: `ekicho boot options` prints what to tell the other server."),
                    new Key(
                            "http-address",
                            TEXT,
                            "\"0.0.0.0\"",
                            "\"192.168.55.1\"",
                            "Address at which boot files are served by HTTP."),
                    new Key(
                            "http-port",
                            new Kind.Whole(1, 65_535),
                            String.valueOf(BootSettings.DEFAULT_HTTP_PORT),
                            "8069",
                            "Port at which boot files are served by HTTP."),
                    new Key(
                            "ftp",
                            SWITCH,
                            "false",
                            "true",
                            "Whether install trees are served by FTP too, at `http-address`: read-only, without passwords, "
                                    + "for installers that know nothing else."),
                    new Key(
                            "ftp-port",
                            new Kind.Whole(1, 65_535),
                            String.valueOf(BootSettings.FtpDoor.DEFAULT_PORT),
                            "2121",
                            "Port of FTP."),
                    new Key(
                            "ftp-data-ports",
                            TEXT,
                            "\"" + BootSettings.FtpDoor.DEFAULT_DATA_PORTS + "\"",
                            "\"50000-50009\"",
                            "Ports of FTP's passive data connections, one for each transfer at a time."),
                    new Key(
                            "single-port",
                            SWITCH,
                            "false",
                            "true",
                            "Whether TFTP answers from port 69 itself, for firewalls that let nothing else through."),
                    new Key(
                            "unknown",
                            new Kind.Choice(List.of("menu", "local-disk")),
                            "\"menu\"",
                            "\"local-disk\"",
                            "What a machine gets that nobody named. The menu goes to the local disk by itself."),
                    new Key(
                            "another-way",
                            SWITCH,
                            "true",
                            "false",
                            "Whether a machine whose boot failed is served in another way next time: smaller TFTP blocks, "
                                    + "another loader, HTTP. One thing changes at a time.")));

    static final Section PROFILE = new Section(
            "boot.profile",
            Repeat.MANY,
            "Something that can be installed.",
            List.of(
                    new Key("name", TEXT, "required", "\"web\"", "What it is called; letters, digits, `.`, `_`, `-`."),
                    new Key("tree", TEXT, "required", "\"debian-12\"", "An imported tree: `ekicho boot tree list`."),
                    new Key("answer", TEXT, "the installer asks", "\"web.ks\"", "A template in the folder of answers."),
                    new Key(
                            "arguments",
                            TEXTS,
                            "none",
                            "[\"console=ttyS0\"]",
                            "Further words for the installer's kernel.")));

    static final Section MACHINE = new Section(
            "boot.machine",
            Repeat.MANY,
            "A machine that is known. It starts from its own disk unless `ekicho boot install` has armed an order.",
            List.of(
                    new Key("name", TEXT, "required", "\"web1\"", "What it is called; also its host name."),
                    new Key("macs", TEXTS, "none", "[\"52:54:00:77:00:01\"]", "Addresses of its interfaces."),
                    new Key("uuid", TEXT, "none", "\"4c4c4544-0042-3510-8052-b4c04f313233\"", "Its SMBIOS UUID."),
                    new Key("serial", TEXT, "none", "\"5BQ1R13\"", "Its serial number."),
                    new Key(
                            "address",
                            TEXT,
                            "from a range",
                            "\"192.168.55.20\"",
                            "Its IPv4 address, with `dhcp = \"server\"`."),
                    new Key("profile", TEXT, "none", "\"web\"", "What an order installs that names nothing."),
                    new Key(
                            "tags",
                            TEXTS,
                            "none",
                            "[\"rack3\"]",
                            "Words that templates ask for: `#@if machine.tag.rack3`.")));

    static final Section SUBNET = new Section(
            "boot.subnet",
            Repeat.MANY,
            "A net whose machines get their addresses from here, with `dhcp = \"server\"`: one on a named interface, or "
                    + "one behind a relay.",
            List.of(
                    new Key("net", TEXT, "required", "\"192.168.55.0/24\"", "The net."),
                    new Key(
                            "ranges",
                            TEXTS,
                            "reservations only",
                            "[\"192.168.55.100-192.168.55.199\"]",
                            "Addresses for machines without a reservation."),
                    new Key("router", TEXT, "none", "\"192.168.55.254\"", "Default gateway."),
                    new Key("dns", TEXTS, "none", "[\"192.168.55.1\"]", "Name servers."),
                    new Key("domain", TEXT, "none", "\"lab.lan\"", "Domain name."),
                    new Key("ntp", TEXTS, "this server", "[\"192.168.55.1\"]", "Time servers."),
                    new Key("lease", new Kind.Span(), "\"12h\"", "\"1d\"", "For how long an address is given.")));

    static final List<Section> SECTIONS = List.of(BOOT, PROFILE, MACHINE, SUBNET);

    private BootSchema() {}
}
