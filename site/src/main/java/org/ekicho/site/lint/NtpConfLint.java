package org.ekicho.site.lint;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.ekicho.ntp.access.RestrictFlag;
import org.ekicho.ntp.settings.TimeSettings;
import org.ekicho.site.diagnostic.Diagnostic;
import org.ekicho.site.diagnostic.Diagnostics;
import org.ekicho.site.diagnostic.Position;
import org.ekicho.site.ntpconf.NtpConf;
import org.ekicho.site.ntpconf.Statement;
import org.ekicho.site.ntpconf.Statement.Restrict;
import org.ekicho.site.ntpconf.Word;
import org.ekicho.wire.IpAddress;
import org.ekicho.wire.IpPrefix;

/// Traps of an ntp.conf that is well formed. Each message says what happens and what to write instead.
final class NtpConfLint {
    private final Position file;
    private final NtpConf conf;
    private final TimeSettings time;
    private final Diagnostics problems;

    NtpConfLint(String source, NtpConf conf, Diagnostics problems) {
        this.file = Position.ofFile(source);
        this.conf = conf;
        this.time = conf.time();
        this.problems = problems;
    }

    void lint() {
        streams();
        receiver();
        localClock();
        blockedSources();
        restricts();
        rates();
    }

    private <S extends Statement> Stream<S> all(Class<S> kind) {
        return conf.statements().stream().filter(kind::isInstance).map(kind::cast);
    }

    /// `broadcast` lines.
    private void streams() {
        Set<String> seen = new HashSet<>();
        all(Statement.Broadcast.class).forEach(stream -> {
            int key = stream.options().value("key", 0);
            if (key == 0) {
                problems.add(Diagnostic.warning(
                                stream.at(),
                                "this stream carries no MAC: receivers refuse it unless they say disable auth, and then "
                                        + "anybody can forge it")
                        .example("broadcast " + stream.address().text() + " key 10"));
            }
            if (!seen.add(stream.address().text() + " " + key)) {
                problems.add(Diagnostic.warning(
                                stream.at(),
                                "a second stream to the same address with the same key: receivers refuse its packets as "
                                        + "too early")
                        .expected("another key, for key rotation"));
            }
            stream.options()
                    .find("minpoll")
                    .ifPresent(poll -> problems.add(Diagnostic.hint(
                            poll.name().at(),
                            "classic receivers keep the interval and the key id of the first packet they hear (here 2^"
                                    + poll.value() + " s): when either changes here, they hear nothing until they are "
                                    + "restarted; change keys by a second stream")));
        });
    }

    /// `broadcastclient`, `multicastclient`.
    private void receiver() {
        Optional<Statement> receiver = conf.statements().stream()
                .filter(s -> s instanceof Statement.MulticastClient || s instanceof Statement.BroadcastClient)
                .findFirst();
        if (receiver.isEmpty()) {
            return;
        }
        Position at = receiver.get().at();
        if (!time.authRequired()) {
            problems.add(Diagnostic.warning(
                            at, "with disable auth anybody in the LAN can set this clock by a forged broadcast")
                    .example("enable auth"));
        } else if (time.keys().trusted().isEmpty()) {
            problems.add(Diagnostic.warning(
                            at, "no key is trusted, so no broadcast is ever followed: enable auth is the default")
                    .example("trustedkey 10"));
        }
        if (receiver.get() instanceof Statement.MulticastClient) {
            problems.add(Diagnostic.hint(
                            at,
                            "classic ntpd joins on one interface, chosen by the route to the group; without a default "
                                    + "route or one for 224.0.0.0/4 the join fails and only a debug line says so. Here "
                                    + "every suitable interface joins, and no route is needed")
                    .example("ip route add 224.0.0.0/4 dev eth0 for classic ntpd"));
        }
        if (!time.sources().isEmpty()) {
            problems.add(Diagnostic.hint(
                    at,
                    "a server that a server line names is followed by that line alone: its multicasts are ignored, by "
                            + "classic ntpd too"));
        }
        if (!time.receiver().volley()) {
            problems.add(Diagnostic.hint(
                    at,
                    "the delay is not measured but taken as "
                            + time.receiver().fixedDelay().toNanos() / 1_000_000.0
                            + " ms (broadcastdelay or novolley)"));
        }
    }

    /// `server 127.127.1.0`.
    private void localClock() {
        Optional<Statement.Source> line =
                all(Statement.Source.class).filter(s -> s.clockType() == 1).findFirst();
        if (line.isEmpty() || time.localClock().isEmpty()) {
            return;
        }
        Duration wait = time.selection().orphanWait();
        boolean prefer = time.localClock().get().prefer();
        if (prefer && !time.sources().isEmpty()) {
            problems.add(Diagnostic.warning(
                    line.get().at(),
                    "prefer on the local clock lets it win over the real sources of this file; take it away"));
        }
        if (!prefer && wait.compareTo(Duration.ofSeconds(60)) > 0) {
            problems.add(Diagnostic.hint(
                            line.get().at(),
                            "the local clock is believed after " + wait.toSeconds()
                                    + " s without another source; until then clients hear \"unsynchronised\" and no "
                                    + "broadcast is sent")
                    .expected("prefer where it is the only source, or a shorter tos orphanwait")
                    .example("server 127.127.1.0 prefer"));
        }
        if (time.localClock().get().stratum() < 8) {
            problems.add(Diagnostic.hint(
                            line.get().at(),
                            "the local clock has stratum "
                                    + time.localClock().get().stratum()
                                    + ": to others it looks better than real servers further down")
                    .example("fudge 127.127.1.0 stratum 10"));
        }
    }

    /// Sources whose replies the access list drops.
    private void blockedSources() {
        all(Statement.Source.class).filter(s -> s.clockType() == 0).forEach(source -> {
            Optional<IpAddress> address = IpAddress.parse(source.host().text());
            int flags = address.map(this::flagsFor).orElseGet(this::defaultFlags);
            boolean ignored = RestrictFlag.IGNORE.isIn(flags);
            if (ignored || RestrictFlag.NOSERVE.isIn(flags)) {
                problems.add(Diagnostic.warning(
                                source.host().at(),
                                "the replies of " + source.host().text() + " are dropped: restrict says "
                                        + (ignored ? "ignore" : "noserve") + " for "
                                        + (address.isPresent() ? "its address" : "everybody"))
                        .example("restrict " + source.host().text() + " nomodify notrap noquery"));
            }
            if (RestrictFlag.NOTRUST.isIn(flags) && !source.options().has("key")) {
                problems.add(Diagnostic.warning(
                        source.host().at(),
                        "the replies of " + source.host().text()
                                + " are dropped: notrust wants a MAC, and this line has no key"));
            }
        });
    }

    private int flagsFor(IpAddress address) {
        int best = -1;
        int flags = 0;
        for (var rule : time.restricts()) {
            IpPrefix prefix = rule.prefix();
            if (prefix.contains(address) && !RestrictFlag.NTPPORT.isIn(rule.flags()) && prefix.length() >= best) {
                flags = prefix.length() == best ? flags | rule.flags() : rule.flags();
                best = prefix.length();
            }
        }
        return flags;
    }

    private int defaultFlags() {
        return time.restricts().stream()
                .filter(r -> r.prefix().equals(IpPrefix.ALL_V4))
                .mapToInt(r -> r.flags())
                .reduce(0, (a, b) -> a | b);
    }

    /// `restrict` lines that do not mean what they seem to.
    private void restricts() {
        boolean noise = false;
        for (Restrict restrict : all(Restrict.class).toList()) {
            find(restrict, "notrust")
                    .ifPresent(word -> problems.add(Diagnostic.hint(
                            word.at(),
                            "notrust refuses every packet without a good MAC, requests of keyless clients too; before ntp 4.2 "
                                    + "it meant \"not a source of time\", which is nopeer now")));
            find(restrict, "kod")
                    .filter(w -> !RestrictFlag.LIMITED.isIn(restrict.flags()))
                    .ifPresent(word -> problems.add(Diagnostic.warning(word.at(), "kod does nothing without limited")
                            .example("limited kod")));
            boolean all = restrict.target() instanceof Restrict.Target.Default;
            int deaf = RestrictFlag.NOQUERY.mask() | RestrictFlag.IGNORE.mask();
            if (all && (restrict.flags() & deaf) == 0) {
                problems.add(Diagnostic.warning(
                                restrict.at(),
                                "everybody may send control queries (ntpq), whose answers are longer than the queries")
                        .example("restrict default nomodify notrap noquery"));
            }
            noise |= find(restrict, "nomodify").isPresent()
                    || find(restrict, "notrap").isPresent();
        }
        if (noise) {
            problems.add(Diagnostic.hint(
                    file,
                    "nomodify and notrap are harmless and change nothing here: nothing is ever modified over the "
                            + "network, and no traps are sent"));
        }
    }

    private static Optional<Word> find(Restrict restrict, String flag) {
        return restrict.flagWords().stream().filter(w -> w.is(flag)).findFirst();
    }

    /// `discard` against the volleys of receivers and of `iburst`, whose packets come 2 s apart.
    private void rates() {
        List<Restrict> limited = all(Restrict.class)
                .filter(r -> RestrictFlag.LIMITED.isIn(r.flags()))
                .toList();
        if (!limited.isEmpty() && time.rates().minimum().compareTo(Duration.ofSeconds(2)) > 0) {
            problems.add(Diagnostic.warning(
                            limited.getFirst().at(),
                            "discard minimum " + time.rates().minimum().toSeconds() + " refuses the volleys of iburst "
                                    + "and of multicast receivers, whose packets come 2 s apart")
                    .example("discard minimum 2"));
        }
    }
}
