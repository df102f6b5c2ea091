package org.ekicho.site.toml;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.ekicho.ntp.access.RestrictFlag;
import org.ekicho.site.SiteSettings;
import org.ekicho.site.toml.Section.Repeat;

/// Every table and key of the site file, with its meaning: the reader checks against it, and the manual page is
/// rendered from it.
final class SiteSchema {
    private static final Kind TEXT = new Kind.Text();
    private static final Kind TEXTS = new Kind.ListOf(TEXT);
    private static final Kind SWITCH = new Kind.Switch();
    /// Key ids of NTP are 32 bits wide (chrony); classic peers know 16 of them.
    private static final Kind KEY_ID = new Kind.Whole(1, 0xffff_ffffL);

    private static final Kind PORT = new Kind.Whole(1, 65_535);
    private static final Kind POLL = new Kind.Whole(0, 17);
    private static final Kind VERSION = new Kind.Whole(1, 4);

    static final Section SITE = new Section(
            "site",
            Repeat.ONCE,
            "The server as a whole.",
            List.of(
                    new Key("name", TEXT, "required", "\"lab\"", "What the site is called, in status and console."),
                    new Key(
                            "state-directory",
                            TEXT,
                            "\"" + SiteSettings.DEFAULT_STATE_DIRECTORY + "\"",
                            "\"/var/lib/ekicho\"",
                            "Where state is kept that must outlive a restart: the clock's frequency, the newest "
                                    + "broadcast of each sender."),
                    new Key(
                            "control-socket",
                            TEXT,
                            "\"" + SiteSettings.DEFAULT_CONTROL_SOCKET + "\"",
                            "\"/run/ekicho/control.sock\"",
                            "Unix socket by which `ekicho status` and the like talk to the running service.")));

    static final Section TIME = new Section(
            "time",
            Repeat.ONCE,
            "The time service (NTP). It is on unless `enabled = false`.",
            List.of(
                    new Key("enabled", SWITCH, "true", "true", "Whether time is served and received at all."),
                    new Key(
                            "clock",
                            new Kind.Choice(List.of("observe", "steer")),
                            "\"observe\"",
                            "\"observe\"",
                            "`observe` reads the host clock and never changes it. `steer` brings it to the selected "
                                    + "sources; refused while another daemon steers it."),
                    new Key(
                            "ntp-conf",
                            TEXT,
                            "none",
                            "\"/etc/ntp.conf\"",
                            "A classic ntp.conf that says all the rest. Beside it only `enabled`, `clock` and `port` "
                                    + "may stand here."),
                    new Key("port", PORT, "123", "123", "UDP port served."),
                    new Key(
                            "interfaces",
                            TEXTS,
                            "all",
                            "[\"eth0\", \"eth0.20\"]",
                            "Interfaces, addresses or nets of this host that take part. Loopback always does."),
                    new Key(
                            "sockets",
                            new Kind.Choice(List.of("shared", "per-address")),
                            "\"shared\"",
                            "\"per-address\"",
                            "`per-address` binds each own address by itself, so that another service may use the port on "
                                    + "other addresses."),
                    new Key(
                            "host-clock",
                            SWITCH,
                            "true with `clock = \"observe\"`",
                            "true",
                            "Whether the host's own synchronised clock counts as a source."),
                    new Key("keys", TEXT, "none", "\"/etc/ekicho/ntp.keys\"", "File of symmetric keys, mode 0640."),
                    new Key(
                            "keys-format",
                            new Kind.Choice(List.of("auto", "ntpd", "chrony", "ntpsec")),
                            "\"auto\"",
                            "\"ntpd\"",
                            "Whose rules the key file follows. The same line can mean different secrets."),
                    new Key(
                            "trusted-keys",
                            new Kind.ListOf(KEY_ID),
                            "all of the file",
                            "[10, 11]",
                            "Ids of the keys that are believed and used."),
                    new Key(
                            "allow",
                            TEXTS,
                            "everybody",
                            "[\"192.168.55.0/24\", \"fd00::/8\"]",
                            "Nets that are served; all others get no answer. Sources named by [[time.server]] are "
                                    + "always heard, senders of broadcasts must lie inside."),
                    new Key(
                            "query",
                            TEXTS,
                            "this host",
                            "[\"192.168.55.0/24\"]",
                            "Nets whose ntpq is answered, beside this host itself."),
                    new Key(
                            "require-key",
                            SWITCH,
                            "false",
                            "true",
                            "Answer only requests that carry a good MAC by a trusted key.")));

    static final Section SERVER = new Section(
            "time.server",
            Repeat.MANY,
            "A source of time that is asked by unicast.",
            List.of(
                    new Key("address", TEXT, "required", "\"ntp1.lan\"", "Host name or address."),
                    new Key(
                            "kind",
                            new Kind.Choice(List.of("server", "pool")),
                            "\"server\"",
                            "\"server\"",
                            "`pool`: several addresses of the name are sources."),
                    new Key("port", PORT, "123", "123", "Its UDP port."),
                    new Key(
                            "key",
                            KEY_ID,
                            "none",
                            "10",
                            "Key for both directions. Without one, anybody on the path " + "can forge its time."),
                    new Key("iburst", SWITCH, "true", "true", "A quick volley at start, so that seconds suffice."),
                    new Key("burst", SWITCH, "false", "false", "A quick volley at each poll."),
                    new Key("prefer", SWITCH, "false", "true", "The one to follow among the good ones."),
                    new Key("min-poll", POLL, "6", "4", "Log2 of the shortest interval in seconds: 6 is 64 s."),
                    new Key("max-poll", POLL, "10", "8", "Log2 of the longest interval."),
                    new Key("version", VERSION, "4", "3", "NTP version of the requests."),
                    new Key("no-select", SWITCH, "false", "true", "Measured and shown, never followed."),
                    new Key("trust", SWITCH, "false", "true", "Never counted as a falseticker.")));

    static final Section BROADCAST = new Section(
            "time.broadcast",
            Repeat.MANY,
            "A stream of broadcasts or multicasts that this server sends while it is synchronised. For key rotation, "
                    + "two streams to one group with two keys.",
            List.of(
                    new Key(
                            "address",
                            TEXT,
                            "required",
                            "\"224.0.1.1\"",
                            "Multicast group, or broadcast address of a " + "subnet."),
                    new Key(
                            "interfaces",
                            TEXTS,
                            "those of [time]",
                            "[\"eth0.20\"]",
                            "Interfaces that it leaves by. Nothing is sent until one is named, here or in [time]."),
                    new Key("key", KEY_ID, "none", "10", "Key that signs it."),
                    new Key("poll", new Kind.Whole(1, 17), "6", "6", "Log2 of the interval in seconds."),
                    new Key(
                            "ttl",
                            new Kind.Whole(1, 255),
                            "1",
                            "1",
                            "Hop limit of multicasts: 1 stays in the subnet. "
                                    + "This is the number itself, not classic ntpd's index."),
                    new Key("version", VERSION, "4", "4", "NTP version of the packets."),
                    new Key("port", PORT, "123", "123", "Destination port.")));

    static final Section RECEIVE = new Section(
            "time.receive",
            Repeat.ONCE,
            "Following broadcasts and multicasts of other servers. Off without this table.",
            List.of(
                    new Key(
                            "groups",
                            TEXTS,
                            "none",
                            "[\"224.0.1.1\"]",
                            "Multicast groups to join. No route is needed."),
                    new Key("broadcast", SWITCH, "false", "true", "Follow subnet broadcasts too."),
                    new Key("interfaces", TEXTS, "all suitable", "[\"eth0\"]", "Interfaces to join on."),
                    new Key(
                            "require-key",
                            SWITCH,
                            "true",
                            "true",
                            "Follow only senders with a good MAC by a trusted key. Without it anybody in the LAN can "
                                    + "set this clock."),
                    new Key(
                            "measure-delay",
                            SWITCH,
                            "true",
                            "true",
                            "Measure the delay by a unicast volley; the sender " + "must be reachable on its address."),
                    new Key(
                            "delay-milliseconds",
                            new Kind.Decimal(0, 1000),
                            "4",
                            "0.5",
                            "One-way delay assumed with `measure-delay = false`."),
                    new Key(
                            "remeasure-seconds",
                            new Kind.Whole(0, 604_800),
                            "2048",
                            "2048",
                            "Mean time between measurements of the delay; 0: once."),
                    new Key(
                            "start-spread-seconds",
                            new Kind.Decimal(0, 3600),
                            "30",
                            "30",
                            "The first volley starts at a random time within this, so that many receivers switched on "
                                    + "together do not storm the server."),
                    new Key(
                            "max-senders",
                            new Kind.Whole(1, 256),
                            "16",
                            "16",
                            "How many senders are followed at once.")));

    static final Section LOCAL_CLOCK = new Section(
            "time.local-clock",
            Repeat.ONCE,
            "The host clock as it runs, as the time of an isolated site. Off without this table.",
            List.of(
                    new Key("stratum", new Kind.Whole(0, 15), "5", "10", "Its stratum; packets carry one more."),
                    new Key("prefer", SWITCH, "false", "true", "Believed at once instead of after the wait."),
                    new Key(
                            "wait-seconds",
                            new Kind.Whole(0, 86_400),
                            "300",
                            "300",
                            "How long without any other source " + "until it is believed."),
                    new Key(
                            "reference-id",
                            TEXT,
                            "127.127.1.0",
                            "\"LOCL\"",
                            "Up to four characters, as clients show " + "it.")));

    static final Section RATE_LIMIT = new Section(
            "time.rate-limit",
            Repeat.ONCE,
            "How often one address may ask; who asks more is dropped and told so by a kiss-o'-death.",
            List.of(
                    new Key("enabled", SWITCH, "true", "true", "Whether there is a limit. This host has none."),
                    new Key(
                            "average-log2",
                            new Kind.Whole(0, 16),
                            "3",
                            "3",
                            "Log2 of the least average interval in " + "seconds: 3 is one request in 8 s."),
                    new Key(
                            "minimum-seconds",
                            new Kind.Whole(0, 3600),
                            "2",
                            "2",
                            "Least interval between two requests " + "once the first few are used up.")));

    static final Section RESTRICT = new Section(
            "time.restrict",
            Repeat.MANY,
            "A rule of the access list in classic words, where allow, query and require-key do not say enough. It "
                    + "replaces what those say of the same net; of two nets the smaller counts.",
            List.of(
                    new Key("net", TEXT, "required", "\"192.168.55.7\"", "Address, net, or \"default\"."),
                    new Key(
                            "flags",
                            new Kind.ListOf(new Kind.Choice(Stream.of(RestrictFlag.values())
                                    .map(f -> f.name().toLowerCase(Locale.ROOT))
                                    .toList())),
                            "none: all is allowed",
                            "[\"noquery\", \"limited\"]",
                            "What is refused, in the words of ntp.conf.")));

    static final Section SELECTION = new Section(
            "time.selection",
            Repeat.ONCE,
            "Limits of the choice among sources (classic `tos`).",
            List.of(
                    new Key(
                            "min-survivors",
                            new Kind.Whole(1, 100),
                            "3",
                            "3",
                            "Clustering stops at this many sources."),
                    new Key("max-sources", new Kind.Whole(1, 1000), "10", "10", "How many sources of pools are kept."),
                    new Key(
                            "min-sane",
                            new Kind.Whole(1, 100),
                            "1",
                            "2",
                            "With fewer agreeing sources: not " + "synchronised."),
                    new Key("min-stratum", new Kind.Whole(0, 16), "0", "1", "Lower strata are not believed."),
                    new Key("max-stratum", new Kind.Whole(0, 15), "15", "10", "Higher strata are not believed."),
                    new Key(
                            "min-distance-seconds",
                            new Kind.Decimal(0, 16),
                            "0.001",
                            "0.001",
                            "Added to each error " + "bound before the majority is sought."),
                    new Key(
                            "max-distance-seconds",
                            new Kind.Decimal(0.001, 16),
                            "1.5",
                            "1.5",
                            "Sources with a greater " + "error bound are not believed.")));

    static final Section STEERING = new Section(
            "time.steering",
            Repeat.ONCE,
            "How the clock is brought to the right time with `clock = \"steer\"`.",
            List.of(
                    new Key(
                            "step",
                            new Kind.Choice(List.of("at-start", "always", "never")),
                            "\"at-start\"",
                            "\"at-start\"",
                            "When the clock may jump instead of being slewed."),
                    new Key(
                            "step-threshold-seconds",
                            new Kind.Decimal(0.001, 86_400),
                            "0.128",
                            "0.128",
                            "Offset from " + "which it jumps."),
                    new Key(
                            "step-out-seconds",
                            new Kind.Decimal(0, 86_400),
                            "300",
                            "300",
                            "How long such an offset " + "must last before a later jump."),
                    new Key(
                            "panic-seconds",
                            new Kind.Decimal(0, 1e9),
                            "1000",
                            "1000",
                            "Offset from which the clock is " + "left alone and the matter reported; 0: no limit."),
                    new Key(
                            "first-step-unlimited",
                            SWITCH,
                            "true",
                            "false",
                            "Whether the first correction may be "
                                    + "greater than the panic limit: for machines whose clock battery is empty."),
                    new Key(
                            "max-slew-ppm",
                            new Kind.Decimal(1, 100_000),
                            "5000",
                            "500",
                            "Fastest slew, parts per " + "million.")));

    static final List<Section> SECTIONS = Stream.concat(
                    Stream.of(
                            SITE,
                            TIME,
                            SERVER,
                            BROADCAST,
                            RECEIVE,
                            LOCAL_CLOCK,
                            RATE_LIMIT,
                            RESTRICT,
                            SELECTION,
                            STEERING),
                    Stream.concat(MirrorSchema.SECTIONS.stream(), BootSchema.SECTIONS.stream()))
            .toList();

    private SiteSchema() {}

    /// The tables right below this one; the empty name is the file itself.
    static List<Section> below(String name) {
        return SECTIONS.stream()
                .filter(s ->
                        (s.name().contains(".") ? s.name().substring(0, s.name().lastIndexOf('.')) : "").equals(name))
                .toList();
    }

    /// The table in which this key stands, for one that was put into the wrong table.
    static Optional<Section> home(String key) {
        return SECTIONS.stream().filter(s -> s.named(key).isPresent()).findFirst();
    }
}
