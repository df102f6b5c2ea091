package org.ekicho.site.toml;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.ekicho.netboot.policy.BootRules;
import org.ekicho.netboot.policy.Machine;
import org.ekicho.netboot.policy.Profile;
import org.ekicho.netboot.policy.Unknown;
import org.ekicho.netboot.settings.BootSettings;
import org.ekicho.netboot.settings.BootSettings.FtpDoor;
import org.ekicho.netboot.settings.DhcpMode;
import org.ekicho.netboot.settings.SubnetSettings;
import org.ekicho.site.Surroundings;
import org.ekicho.site.diagnostic.Diagnostic;
import org.ekicho.site.diagnostic.Diagnostics;
import org.ekicho.site.diagnostic.Position;
import org.ekicho.site.diagnostic.Suggestions;
import org.ekicho.site.toml.SectionReader.Switched;
import org.ekicho.wire.IpAddress;
import org.ekicho.wire.MacAddress;

/// The `[boot]` tables of a site file as settings.
final class BootReader {
    private static final String NAME = "[A-Za-z0-9][A-Za-z0-9._-]{0,62}";

    private final SectionReader boot;
    private final Surroundings surroundings;
    private final Diagnostics problems;
    private final Map<MacAddress, IpAddress> reservations = new HashMap<>();
    private final Optional<BootSettings> settings;

    BootReader(SiteFile file, Surroundings surroundings, Diagnostics problems) {
        this.boot = file.once(BootSchema.BOOT);
        this.surroundings = surroundings;
        this.problems = problems;
        this.settings = boot.isPresent() ? Optional.of(read(file)) : Optional.empty();
    }

    /// Empty unless the file speaks of booting.
    Optional<BootSettings> settings() {
        return settings;
    }

    private BootSettings read(SiteFile file) {
        Map<String, Profile> profiles = profiles(file.many(BootSchema.PROFILE));
        List<Machine> machines = machines(file.many(BootSchema.MACHINE), profiles);
        SubnetReader subnets = new SubnetReader(file.many(BootSchema.SUBNET), problems);
        DhcpMode mode = mode();
        List<SubnetSettings> nets = subnets.settings();
        if (mode == DhcpMode.SERVER
                && nets.isEmpty()
                && file.many(BootSchema.SUBNET).isEmpty()) {
            problems.add(Diagnostic.error(boot.at("dhcp"), "dhcp = \"server\" needs a [[boot.subnet]]")
                    .example("[[boot.subnet]] with net = \"192.168.55.0/24\""));
        }
        if (boot.has("dhcp")
                && mode != DhcpMode.OFF
                && boot.texts("interfaces").isEmpty()
                && !boot.isWrong("interfaces")) {
            problems.add(Diagnostic.error(boot.at("dhcp"), "DHCP answers on no interface unless one is named")
                    .example("interfaces = [\"eth1\"]"));
        }
        return new BootSettings(
                surroundings.place(boot.text("folder").orElse(BootSettings.DEFAULT_FOLDER)),
                boot.text("answers").map(surroundings::place),
                new HashSet<>(boot.texts("interfaces")),
                mode,
                new BootSettings.HttpDoor(
                        address(boot, "http-address").orElse(IpAddress.ANY_V4),
                        boot.whole("http-port", BootSettings.DEFAULT_HTTP_PORT)),
                ftp(),
                boot.isOn("single-port", Switched.OFF),
                boot.isOn("another-way", Switched.ON),
                new BootRules(
                        machines,
                        profiles,
                        boot.text("unknown").orElse("menu").equals("menu") ? Unknown.MENU : Unknown.LOCAL_DISK),
                nets,
                reservations);
    }

    private Optional<FtpDoor> ftp() {
        Optional<FtpDoor> door = dataPorts(boot.text("ftp-data-ports").orElse(FtpDoor.DEFAULT_DATA_PORTS))
                .map(ports -> new FtpDoor(boot.whole("ftp-port", FtpDoor.DEFAULT_PORT), ports[0], ports[1]));
        if (door.isEmpty()) {
            problems.add(Diagnostic.error(
                            boot.at("ftp-data-ports"),
                            "ftp-data-ports takes no \""
                                    + SectionReader.printable(
                                            boot.text("ftp-data-ports").orElse("")) + "\"")
                    .expected("the first and the last port")
                    .example("ftp-data-ports = \"" + FtpDoor.DEFAULT_DATA_PORTS + "\""));
        }
        return boot.isOn("ftp", Switched.OFF) ? door : Optional.empty();
    }

    private static Optional<int[]> dataPorts(String text) {
        if (!text.matches("[0-9]{1,5}-[0-9]{1,5}")) return Optional.empty();
        int dash = text.indexOf('-');
        int first = Integer.parseInt(text.substring(0, dash));
        int last = Integer.parseInt(text.substring(dash + 1));
        return first >= 1 && first <= last && last <= 65_535 ? Optional.of(new int[] {first, last}) : Optional.empty();
    }

    private DhcpMode mode() {
        return switch (boot.text("dhcp").orElse("proxy")) {
            case "off" -> DhcpMode.OFF;
            case "server" -> DhcpMode.SERVER;
            default -> boot.texts("interfaces").isEmpty() ? DhcpMode.OFF : DhcpMode.PROXY;
        };
    }

    private Map<String, Profile> profiles(List<SectionReader> tables) {
        Map<String, Profile> profiles = new LinkedHashMap<>();
        for (SectionReader table : tables) {
            Optional<String> name = name(table, "web");
            Optional<String> tree = table.requiredText("tree");
            if (name.isEmpty() || tree.isEmpty()) continue;
            tree.filter(t -> !t.matches(NAME))
                    .ifPresent(t -> problems.add(noName(table.at("tree"), "tree", t, "debian-12")));
            table.text("answer")
                    .filter(a -> !a.matches(NAME))
                    .ifPresent(a -> problems.add(noName(table.at("answer"), "answer", a, "web.ks")));
            Profile profile = new Profile(name.get(), tree.get(), table.text("answer"), arguments(table));
            if (profiles.putIfAbsent(name.get(), profile) != null) {
                problems.add(Diagnostic.error(table.at("name"), "a second profile is called \"" + name.get() + "\""));
            }
        }
        return profiles;
    }

    private List<String> arguments(SectionReader table) {
        List<String> texts = table.texts("arguments");
        for (int i = 0; i < texts.size(); i++) {
            if (texts.get(i).chars().anyMatch(c -> c < 0x20 || c > 0x7e)
                    || texts.get(i).contains("${")) {
                problems.add(Diagnostic.error(table.at("arguments", i), "a loader cannot pass this on to a kernel")
                        .expected("printable ASCII without ${"));
            }
        }
        return texts;
    }

    private List<Machine> machines(List<SectionReader> tables, Map<String, Profile> profiles) {
        List<Machine> machines = new ArrayList<>();
        Map<MacAddress, String> taken = new HashMap<>();
        for (SectionReader table : tables) {
            Optional<String> name = name(table, "web1");
            Set<MacAddress> macs = macs(table, name.orElse(""), taken);
            Optional<UUID> uuid = uuid(table);
            Optional<String> profile = table.text("profile");
            profile.filter(p -> !profiles.containsKey(p))
                    .ifPresent(p -> problems.add(
                            Diagnostic.error(table.at("profile"), "no [[boot.profile]] is called \"" + p + "\"")
                                    .suggestion(Suggestions.nearest(p, profiles.keySet()))));
            if (!table.has("macs") && !table.has("uuid") && !table.has("serial")) {
                problems.add(Diagnostic.error(table.at(), "a machine is known by macs, uuid or serial")
                        .example("macs = [\"52:54:00:77:00:01\"]"));
            }
            address(table, "address").ifPresent(address -> macs.forEach(mac -> reservations.put(mac, address)));
            if (name.isPresent()
                    && (!macs.isEmpty()
                            || uuid.isPresent()
                            || table.text("serial").isPresent())) {
                machines.add(new Machine(
                        name.get(), macs, uuid, table.text("serial"), new HashSet<>(table.texts("tags")), profile));
            }
        }
        return machines;
    }

    private Set<MacAddress> macs(SectionReader table, String name, Map<MacAddress, String> taken) {
        Set<MacAddress> macs = new HashSet<>();
        List<String> texts = table.texts("macs");
        for (int i = 0; i < texts.size(); i++) {
            Optional<MacAddress> mac = MacAddress.parse(texts.get(i));
            if (mac.isEmpty()) {
                problems.add(Diagnostic.error(
                                table.at("macs", i), "macs takes no \"" + SectionReader.printable(texts.get(i)) + "\"")
                        .expected("a hardware address")
                        .example("macs = [\"52:54:00:77:00:01\"]"));
                continue;
            }
            String other = taken.putIfAbsent(mac.get(), name);
            if (other != null) {
                problems.add(Diagnostic.error(table.at("macs", i), mac.get() + " is " + other + "'s already"));
            }
            macs.add(mac.get());
        }
        return macs;
    }

    private Optional<UUID> uuid(SectionReader table) {
        Optional<String> text = table.text("uuid");
        if (text.isPresent() && !text.get().matches("[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}")) {
            problems.add(
                    Diagnostic.error(table.at("uuid"), "uuid takes no \"" + SectionReader.printable(text.get()) + "\"")
                            .example("uuid = \"4c4c4544-0042-3510-8052-b4c04f313233\""));
            return Optional.empty();
        }
        return text.map(UUID::fromString);
    }

    private Optional<IpAddress> address(SectionReader table, String key) {
        Optional<String> text = table.text(key);
        Optional<IpAddress> address = text.flatMap(IpAddress::parse).filter(IpAddress::isV4);
        if (text.isPresent() && address.isEmpty()) {
            problems.add(
                    Diagnostic.error(table.at(key), key + " takes no \"" + SectionReader.printable(text.get()) + "\"")
                            .expected("an IPv4 address")
                            .example(key + " = \"192.168.55.1\""));
        }
        return address;
    }

    private Optional<String> name(SectionReader table, String example) {
        Optional<String> name = table.requiredText("name");
        if (name.isPresent() && !name.get().matches(NAME)) {
            problems.add(noName(table.at("name"), "name", name.get(), example));
            return Optional.empty();
        }
        return name;
    }

    private static Diagnostic noName(Position at, String key, String text, String example) {
        return Diagnostic.error(at, key + " takes no \"" + SectionReader.printable(text) + "\"")
                .expected("up to 63 letters, digits, dots, underscores and dashes")
                .example(key + " = \"" + example + "\"");
    }
}
