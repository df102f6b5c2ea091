package org.ekicho.site.toml;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.ekicho.ntp.packet.ReferenceId;
import org.ekicho.ntp.settings.ClockMode;
import org.ekicho.ntp.settings.DisciplineSettings;
import org.ekicho.ntp.settings.InterfaceRule;
import org.ekicho.ntp.settings.LocalClockSettings;
import org.ekicho.ntp.settings.RateSettings;
import org.ekicho.ntp.settings.SelectionSettings;
import org.ekicho.ntp.settings.SourceSettings;
import org.ekicho.ntp.settings.TimeSettings;
import org.ekicho.site.NamedFile;
import org.ekicho.site.Surroundings;
import org.ekicho.site.TimeFiles;
import org.ekicho.site.diagnostic.Diagnostic;
import org.ekicho.site.diagnostic.Diagnostics;
import org.ekicho.site.ntpconf.NtpConf;
import org.ekicho.site.ntpconf.NtpConfReader;
import org.ekicho.site.toml.SectionReader.Switched;
import org.ekicho.wire.IpPrefix;

/// The `[time]` tables of a site file as settings.
final class TimeReader {
    private static final Set<String> BESIDE_NTP_CONF = Set.of("enabled", "clock", "ntp-conf", "port");

    private final SiteFile file;
    private final Surroundings surroundings;
    private final Diagnostics problems;
    private final SectionReader time;
    private final SectionReader localClock;
    private TimeFiles files = TimeFiles.NONE;

    TimeReader(SiteFile file, Surroundings surroundings, Diagnostics problems) {
        this.file = file;
        this.surroundings = surroundings;
        this.problems = problems;
        this.time = file.once(SiteSchema.TIME);
        this.localClock = file.once(SiteSchema.LOCAL_CLOCK);
    }

    /// Empty when the service is switched off, or an ntp.conf could not be read.
    Optional<TimeSettings> settings() {
        Optional<String> ntpConf = time.text("ntp-conf");
        Optional<TimeSettings> settings = ntpConf.isPresent() ? fromNtpConf(ntpConf.get()) : Optional.of(fromTables());
        return time.isOn("enabled", Switched.ON) ? settings : Optional.empty();
    }

    /// To be asked after the settings.
    TimeFiles files() {
        return files;
    }

    private ClockMode clock() {
        return time.text("clock").filter("steer"::equals).isPresent() ? ClockMode.STEER : ClockMode.OBSERVE;
    }

    /// What the ntp.conf says; steering is the site file's decision, unless the ntp.conf forbids it.
    private Optional<TimeSettings> fromNtpConf(String path) {
        refuseTablesBesideNtpConf();
        switch (surroundings.file(path)) {
            case NamedFile.Unreadable(String reason) -> {
                problems.add(Diagnostic.error(time.at("ntp-conf"), "cannot read " + path + ": " + reason));
                return Optional.empty();
            }
            case NamedFile.Found(String text, int _) -> {
                NtpConf conf = NtpConfReader.read(surroundings.place(path), text, surroundings, problems);
                files = conf.files();
                if (clock() == ClockMode.STEER && conf.time().clock() == ClockMode.OBSERVE) {
                    problems.add(
                            Diagnostic.error(time.at("clock"), "clock = \"steer\" contradicts disable ntp in " + path));
                }
                return Optional.of(rebased(conf.time()));
            }
        }
    }

    private TimeSettings rebased(TimeSettings conf) {
        return new TimeSettings(
                clock(),
                time.whole("port", conf.port()),
                conf.interfaces(),
                conf.sources(),
                conf.localClock(),
                clock() == ClockMode.OBSERVE,
                conf.broadcasts(),
                conf.receiver(),
                conf.keys(),
                conf.authRequired(),
                conf.cryptoNak(),
                conf.restricts(),
                conf.rates(),
                conf.selection(),
                conf.discipline(),
                conf.monitor());
    }

    private void refuseTablesBesideNtpConf() {
        for (Key key : SiteSchema.TIME.keys()) {
            if (time.has(key.name()) && !BESIDE_NTP_CONF.contains(key.name())) {
                problems.add(Diagnostic.error(
                        time.at(key.name()), key.name() + " cannot stand beside ntp-conf, which says it"));
            }
        }
        for (Section section : SiteSchema.below("time")) {
            List<SectionReader> tables =
                    section.repeat() == Section.Repeat.MANY ? file.many(section) : List.of(file.once(section));
            for (SectionReader table : tables) {
                if (table.isPresent()) {
                    problems.add(Diagnostic.error(
                            table.at(), section.header() + " cannot stand beside ntp-conf, which says it"));
                }
            }
        }
    }

    private TimeSettings fromTables() {
        SiteKeys keys = new SiteKeys(time, surroundings, problems);
        List<SourceSettings> sources = new ArrayList<>();
        for (SectionReader server : file.many(SiteSchema.SERVER)) {
            source(server, keys).ifPresent(sources::add);
        }
        StreamReader streams = new StreamReader(time, keys, problems);
        AccessRules access = new AccessRules(time, file.once(SiteSchema.RATE_LIMIT), surroundings, problems);
        SectionReader receive = file.once(SiteSchema.RECEIVE);
        SectionReader rates = file.once(SiteSchema.RATE_LIMIT);
        files = new TimeFiles(time.text("keys"), Optional.empty());
        return new TimeSettings(
                clock(),
                time.whole("port", 123),
                interfaceRules(),
                sources,
                local(),
                hostClock(),
                streams.streams(file.many(SiteSchema.BROADCAST)),
                streams.receiver(receive),
                keys.ring(),
                receive.isOn("require-key", Switched.ON),
                false,
                access.rules(sources, file.many(SiteSchema.RESTRICT)),
                new RateSettings(
                        rates.whole("average-log2", RateSettings.CLASSIC.averageLog2()),
                        Duration.ofSeconds(rates.whole("minimum-seconds", 2))),
                selection(),
                discipline(),
                true);
    }

    private List<InterfaceRule> interfaceRules() {
        List<InterfaceRule> rules = new ArrayList<>();
        for (String text : time.texts("interfaces")) {
            Optional<IpPrefix> prefix = IpPrefix.parse(text);
            rules.add(new InterfaceRule(
                    InterfaceRule.Action.LISTEN, prefix.isPresent() ? Optional.empty() : Optional.of(text), prefix));
        }
        if (time.text("sockets").filter("per-address"::equals).isPresent()) {
            rules.add(new InterfaceRule(InterfaceRule.Action.IGNORE, Optional.of("wildcard"), Optional.empty()));
            if (!time.has("interfaces")) {
                rules.addFirst(new InterfaceRule(InterfaceRule.Action.LISTEN, Optional.of("all"), Optional.empty()));
            }
        }
        return rules;
    }

    private boolean hostClock() {
        boolean observe = clock() == ClockMode.OBSERVE;
        boolean on = time.isOn("host-clock", observe ? Switched.ON : Switched.OFF);
        if (on && !observe) {
            problems.add(Diagnostic.error(time.at("host-clock"), "a clock that is steered cannot be its own source")
                    .expected("host-clock = false, or clock = \"observe\""));
        }
        return on;
    }

    private Optional<SourceSettings> source(SectionReader server, SiteKeys keys) {
        Optional<String> address = server.requiredText("address");
        int minPoll = server.whole("min-poll", Math.min(6, server.whole("max-poll", 10)));
        int maxPoll = server.whole("max-poll", Math.max(10, minPoll));
        if (minPoll > maxPoll) {
            problems.add(Diagnostic.error(server.at("min-poll"), "min-poll is greater than max-poll"));
            return Optional.empty();
        }
        boolean pool = server.text("kind").filter("pool"::equals).isPresent();
        int key = keys.usable(server, "key");
        return address.map(host -> new SourceSettings(
                pool ? SourceSettings.Kind.POOL : SourceSettings.Kind.SERVER,
                host,
                server.whole("port", 123),
                key,
                server.isOn("iburst", Switched.ON),
                server.isOn("burst", Switched.OFF),
                server.isOn("prefer", Switched.OFF),
                minPoll,
                maxPoll,
                server.whole("version", 4),
                server.isOn("no-select", Switched.OFF),
                server.isOn("trust", Switched.OFF)));
    }

    private Optional<LocalClockSettings> local() {
        if (!localClock.isPresent()) {
            return Optional.empty();
        }
        Optional<String> id = localClock.text("reference-id");
        if (id.isPresent() && !id.get().matches("[ -~]{1,4}")) {
            problems.add(Diagnostic.error(
                            localClock.at("reference-id"),
                            "reference-id takes no \"" + SectionReader.printable(id.get()) + "\"")
                    .expected("up to four ASCII characters")
                    .example("reference-id = \"LOCL\""));
        }
        return Optional.of(new LocalClockSettings(
                localClock.whole("stratum", LocalClockSettings.DEFAULT_STRATUM),
                localClock.isOn("prefer", Switched.OFF),
                id.map(ReferenceId::ofText).orElse(ReferenceId.LOCAL_CLOCK)));
    }

    private SelectionSettings selection() {
        SectionReader selection = file.once(SiteSchema.SELECTION);
        SelectionSettings classic = SelectionSettings.CLASSIC;
        return new SelectionSettings(
                selection.whole("min-survivors", classic.minClock()),
                selection.whole("max-sources", classic.maxClock()),
                selection.whole("min-sane", classic.minSane()),
                selection.whole("min-stratum", classic.floor()),
                selection.whole("max-stratum", classic.ceiling() - 1) + 1,
                selection.decimal("min-distance-seconds", classic.minDist()),
                selection.decimal("max-distance-seconds", classic.maxDist()),
                classic.orphan(),
                Duration.ofSeconds(localClock.whole(
                        "wait-seconds", (int) classic.orphanWait().toSeconds())));
    }

    private DisciplineSettings discipline() {
        SectionReader steering = file.once(SiteSchema.STEERING);
        if (steering.isPresent() && clock() == ClockMode.OBSERVE) {
            problems.add(Diagnostic.warning(steering.at(), "[time.steering] has no effect: the clock is only observed")
                    .example("clock = \"steer\" in [time]"));
        }
        DisciplineSettings classic = DisciplineSettings.DEFAULT;
        String step = steering.text("step").orElse("at-start");
        return new DisciplineSettings(
                step.equals("never") ? 0 : steering.decimal("step-threshold-seconds", classic.stepThreshold()),
                step.equals("at-start"),
                steering.decimal("step-out-seconds", classic.stepOut()),
                steering.decimal("panic-seconds", classic.panicThreshold()),
                steering.isOn("first-step-unlimited", Switched.ON),
                steering.decimal("max-slew-ppm", classic.maxSlewPpm()));
    }
}
