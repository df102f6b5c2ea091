package org.ekicho.site.ntpconf;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.ekicho.ntp.packet.ReferenceId;
import org.ekicho.ntp.settings.BroadcastSettings;
import org.ekicho.ntp.settings.LocalClockSettings;
import org.ekicho.ntp.settings.ReceiverSettings;
import org.ekicho.ntp.settings.SourceSettings;
import org.ekicho.site.Surroundings;
import org.ekicho.site.diagnostic.Diagnostic;
import org.ekicho.site.diagnostic.Diagnostics;
import org.ekicho.wire.IpAddress;

/// `server`, `pool`, `peer`, `fudge`, `broadcast`, `ttl` and the receiver's keywords as settings.
final class Associations {
    /// The group that `multicastclient` without an address joins (IANA: NTP).
    private static final IpAddress DEFAULT_GROUP = IpAddress.literal("224.0.1.1");

    /// Driver type of the undisciplined local clock.
    private static final int LOCAL = 1;

    /// What classic ntpd's `ttl` indexes stand for unless a `ttl` line says otherwise.
    private static final List<Integer> TTL_TABLE = List.of(0, 32, 64, 96, 128, 160, 192, 224);

    private final List<Statement> statements;
    private final KeyStatements keys;
    private final Surroundings surroundings;
    private final Diagnostics problems;
    private final List<SourceSettings> sources = new ArrayList<>();
    private final List<BroadcastSettings> broadcasts = new ArrayList<>();

    Associations(List<Statement> statements, KeyStatements keys, Surroundings surroundings, Diagnostics problems) {
        this.statements = statements;
        this.keys = keys;
        this.surroundings = surroundings;
        this.problems = problems;
        for (Statement statement : statements) {
            switch (statement) {
                case Statement.Source source -> source(source);
                case Statement.Broadcast broadcast -> broadcast(broadcast).ifPresent(broadcasts::add);
                case Statement.Fudge fudge -> checkFudge(fudge);
                default -> {}
            }
        }
    }

    List<SourceSettings> sources() {
        return sources;
    }

    List<BroadcastSettings> broadcasts() {
        return broadcasts;
    }

    private void source(Statement.Source source) {
        if (source.clockType() == LOCAL) {
            return;
        }
        if (source.clockType() != 0) {
            problems.add(Diagnostic.warning(
                            source.host().at(),
                            source.host().text() + " is not honoured: drivers of reference clocks are not supported")
                    .expected("a host, or the local clock 127.127.1.0"));
            return;
        }
        Options options = source.options();
        options.find("key").ifPresent(keys::checkUsable);
        if (source.family() != Statement.Family.ANY
                && IpAddress.parse(source.host().text()).isEmpty()) {
            problems.add(Diagnostic.warning(
                    source.at(), "-4 and -6 are not honoured: every address that the name has is tried in turn"));
        }
        if (source.kind() == SourceSettings.Kind.PEER) {
            problems.add(Diagnostic.warning(
                    source.at(),
                    "peer is carried out as server: it is asked by ordinary requests; what it asks us in symmetric mode is "
                            + "answered, and its time never taken from there"));
        }
        int minPoll = options.value("minpoll", SourceSettings.DEFAULT_MIN_POLL);
        int maxPoll = options.value("maxpoll", Math.max(minPoll, SourceSettings.DEFAULT_MAX_POLL));
        if (options.has("maxpoll") && !options.has("minpoll")) {
            minPoll = Math.min(minPoll, maxPoll);
        }
        if (minPoll > maxPoll) {
            problems.add(
                    Diagnostic.error(source.host().at(), "minpoll " + minPoll + " is greater than maxpoll " + maxPoll));
            return;
        }
        sources.add(new SourceSettings(
                source.kind(),
                source.host().text(),
                123,
                options.value("key", 0),
                options.has("iburst"),
                options.has("burst"),
                options.has("prefer"),
                minPoll,
                maxPoll,
                options.value("version", 4),
                options.has("noselect"),
                options.has("true")));
    }

    /// `server 127.127.1.0` with the `fudge` of the same clock.
    Optional<LocalClockSettings> localClock() {
        return statements.stream()
                .filter(s -> s instanceof Statement.Source source && source.clockType() == LOCAL)
                .map(Statement.Source.class::cast)
                .findFirst()
                .map(this::localClock);
    }

    private LocalClockSettings localClock(Statement.Source source) {
        int stratum = LocalClockSettings.DEFAULT_STRATUM;
        int referenceId = ReferenceId.LOCAL_CLOCK;
        for (Statement statement : statements) {
            if (statement instanceof Statement.Fudge fudge
                    && fudge.clock().text().equals(source.host().text())) {
                stratum = fudge.stratum().orElse(stratum);
                referenceId = fudge.referenceId()
                        .map(w -> ReferenceId.ofText(w.text()))
                        .orElse(referenceId);
            }
        }
        return new LocalClockSettings(stratum, source.options().has("prefer"), referenceId);
    }

    private void checkFudge(Statement.Fudge fudge) {
        boolean used = statements.stream()
                .anyMatch(s -> s instanceof Statement.Source source
                        && source.host().text().equals(fudge.clock().text()));
        if (!used) {
            problems.add(Diagnostic.warning(
                            fudge.clock().at(), "fudge of " + fudge.clock().text() + ", which no server line names")
                    .example("server " + fudge.clock().text()));
        }
    }

    private Optional<BroadcastSettings> broadcast(Statement.Broadcast broadcast) {
        Options options = broadcast.options();
        options.find("key").ifPresent(keys::checkUsable);
        Optional<IpAddress> address = address(broadcast.address());
        if (address.isEmpty()) {
            problems.add(Diagnostic.error(
                            broadcast.address().at(), "\"" + broadcast.address().text() + "\" is no address")
                    .expected("a multicast group or the broadcast address of a subnet")
                    .example("broadcast 224.0.1.1 key 10"));
            return Optional.empty();
        }
        return Optional.of(new BroadcastSettings(
                address.get(),
                123,
                options.value("key", 0),
                options.value("minpoll", BroadcastSettings.DEFAULT_POLL),
                hopLimit(options),
                options.value("version", 4),
                List.of()));
    }

    private Optional<IpAddress> address(Word word) {
        Optional<IpAddress> numeric = IpAddress.parse(word.text());
        return numeric.isPresent()
                ? numeric
                : surroundings.addresses(word.text()).stream().findFirst();
    }

    /// `ttl` is an index of classic ntpd's table of hop limits; a number beyond the table can only be a hop limit.
    private int hopLimit(Options options) {
        List<Integer> table = TTL_TABLE;
        for (Statement statement : statements) {
            if (statement instanceof Statement.TtlTable own) {
                List<Integer> replaced = new ArrayList<>(own.limits());
                replaced.addAll(TTL_TABLE.subList(replaced.size(), TTL_TABLE.size()));
                table = replaced;
            }
        }
        Optional<Options.Option> ttl = options.find("ttl");
        int index = ttl.map(Options.Option::value).orElse(0);
        int limit = Math.max(1, index < table.size() ? table.get(index) : index);
        if (ttl.isPresent() && index > 0) {
            problems.add(
                    index < table.size()
                            ? Diagnostic.hint(
                                    ttl.get().name().at(),
                                    "ttl " + index + " is taken as classic ntpd's index: hop limit " + limit)
                            : Diagnostic.warning(
                                            ttl.get().name().at(),
                                            "ttl " + index + " is taken as a hop limit; classic ntpd takes an index "
                                                    + "0..7 and would refuse this line")
                                    .example("ttl " + nearestIndex(table, index) + " for classic ntpd"));
        }
        return limit;
    }

    private static int nearestIndex(List<Integer> table, int limit) {
        int best = 0;
        for (int i = 1; i < table.size(); i++) {
            best = Math.abs(table.get(i) - limit) < Math.abs(table.get(best) - limit) ? i : best;
        }
        return best;
    }

    /// `broadcastclient`, `multicastclient`, `broadcastdelay`.
    ///
    /// @param bclient whether `enable bclient` says the same as `broadcastclient`
    ReceiverSettings receiver(boolean bclient) {
        boolean broadcast = bclient;
        boolean volley = true;
        Duration delay = ReceiverSettings.DEFAULT_DELAY;
        Set<IpAddress> groups = new LinkedHashSet<>();
        for (Statement statement : statements) {
            switch (statement) {
                case Statement.BroadcastClient client -> {
                    broadcast = true;
                    volley &= client.volley() == Statement.Volley.MEASURE;
                }
                case Statement.MulticastClient client -> groups.addAll(groups(client));
                case Statement.BroadcastDelay given -> {
                    // A positive delay replaces the volley; classic takes others for a limit of what it measures.
                    volley &= given.seconds() <= 0;
                    delay = given.seconds() > 0 ? Duration.ofNanos(Math.round(given.seconds() * 1e9)) : delay;
                }
                default -> {}
            }
        }
        return new ReceiverSettings(
                broadcast,
                List.copyOf(groups),
                List.of(),
                volley,
                delay,
                ReceiverSettings.DEFAULT_REMEASURE,
                ReceiverSettings.DEFAULT_SPREAD,
                ReceiverSettings.DEFAULT_SENDERS);
    }

    private List<IpAddress> groups(Statement.MulticastClient client) {
        if (client.groups().isEmpty()) {
            return List.of(DEFAULT_GROUP);
        }
        List<IpAddress> groups = new ArrayList<>();
        for (Word word : client.groups()) {
            Optional<IpAddress> group = address(word).filter(IpAddress::isMulticast);
            group.ifPresent(groups::add);
            if (group.isEmpty() && !word.text().equals("-4") && !word.text().equals("-6")) {
                problems.add(Diagnostic.error(word.at(), "\"" + word.text() + "\" is no multicast group")
                        .expected("an address of 224.0.0.0/4 or ff00::/8")
                        .example("multicastclient 224.0.1.1"));
            }
        }
        return groups;
    }
}
