package org.ekicho.site.plan;

import static org.ekicho.site.plan.PlanLine.Verb.ASK;
import static org.ekicho.site.plan.PlanLine.Verb.CLOCK;
import static org.ekicho.site.plan.PlanLine.Verb.CONFLICT;
import static org.ekicho.site.plan.PlanLine.Verb.JOIN;
import static org.ekicho.site.plan.PlanLine.Verb.LISTEN;
import static org.ekicho.site.plan.PlanLine.Verb.NOTICE;
import static org.ekicho.site.plan.PlanLine.Verb.SEND;
import static org.ekicho.site.plan.PlanLine.Verb.SERVE;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.ekicho.ntp.access.RestrictFlag;
import org.ekicho.ntp.access.RestrictRule;
import org.ekicho.ntp.boundary.LocalInterface;
import org.ekicho.ntp.broadcast.StreamPath;
import org.ekicho.ntp.server.InterfaceFilter;
import org.ekicho.ntp.settings.BroadcastSettings;
import org.ekicho.ntp.settings.ClockMode;
import org.ekicho.ntp.settings.DisciplineSettings;
import org.ekicho.ntp.settings.InterfaceRule;
import org.ekicho.ntp.settings.SourceSettings;
import org.ekicho.ntp.settings.TimeSettings;
import org.ekicho.site.SiteSettings;
import org.ekicho.wire.Endpoint;
import org.ekicho.wire.IpAddress;

/// Works out the plan: what would listen, be sent and be changed on this host, and what stands in the way.
public final class Planner {
    private final TimeSettings time;
    private final HostFacts host;
    private final InterfaceFilter filter;
    private final List<PlanLine> lines = new ArrayList<>();

    private Planner(TimeSettings time, HostFacts host) {
        this.time = time;
        this.host = host;
        this.filter = new InterfaceFilter(time.interfaces());
    }

    /// The plan of these settings on this host.
    public static Plan plan(SiteSettings settings, HostFacts host) {
        List<PlanLine> lines = new ArrayList<>();
        if (settings.time().isPresent()) {
            Planner planner = new Planner(settings.time().get(), host);
            planner.time();
            lines.addAll(planner.lines);
        } else {
            lines.add(new PlanLine(NOTICE, "the time service is switched off"));
        }
        settings.mirror()
                .ifPresent(mirror ->
                        lines.addAll(new MirrorPlanner(mirror, settings.mirrorFiles(), host.mirror()).lines()));
        settings.boot()
                .ifPresent(boot -> lines.addAll(new BootPlanner(
                                boot,
                                host.interfaces().stream()
                                        .map(LocalInterface::name)
                                        .collect(Collectors.toSet()))
                        .lines()));
        return new Plan(settings.name(), lines);
    }

    private void time() {
        listens();
        serves();
        asks();
        sends();
        joins();
        clock();
    }

    private void add(PlanLine.Verb verb, String text) {
        lines.add(new PlanLine(verb, text));
    }

    private void listens() {
        boolean wildcard = time.interfaces().stream()
                .filter(r -> r.name().filter("wildcard"::equals).isPresent())
                .reduce((first, second) -> second)
                .map(r -> r.action() == InterfaceRule.Action.LISTEN)
                .orElse(true);
        Set<Endpoint> bound = new LinkedHashSet<>();
        int served = 0;
        for (LocalInterface on : host.interfaces()) {
            List<IpAddress> addresses = on.addresses().stream()
                    .map(LocalInterface.Address::address)
                    .filter(a -> filter.serves(on, a))
                    .toList();
            if (on.up() && !addresses.isEmpty()) {
                served += on.loopback() ? 0 : 1;
                add(
                        LISTEN,
                        on.name() + ": "
                                + addresses.stream()
                                        .map(a -> new Endpoint(a, time.port()).toString())
                                        .collect(Collectors.joining(", ")));
                addresses.forEach(a -> bound.add(new Endpoint(a, time.port())));
            }
        }
        if (served == 0) {
            add(NOTICE, "no interface but the loopback takes part: nobody else can be served");
        }
        namedButMissing();
        conflicts(wildcard ? anyAddress() : bound);
        if (time.port() < 1024) {
            add(NOTICE, "port " + time.port() + " needs root or the capability CAP_NET_BIND_SERVICE");
        }
    }

    private Set<Endpoint> anyAddress() {
        return new LinkedHashSet<>(
                List.of(new Endpoint(IpAddress.ANY_V4, time.port()), new Endpoint(IpAddress.ANY_V6, time.port())));
    }

    private void namedButMissing() {
        for (InterfaceRule rule : time.interfaces()) {
            boolean word = rule.name()
                    .map(n -> Set.of("all", "ipv4", "ipv6", "wildcard").contains(n))
                    .orElse(true);
            boolean there = word
                    || host.interfaces().stream()
                            .anyMatch(i -> i.name().equals(rule.name().orElseThrow()));
            if (!there) {
                add(NOTICE, "interface " + rule.name().orElseThrow() + " is not there now; it is used when it appears");
            }
        }
    }

    private void conflicts(Set<Endpoint> wanted) {
        Set<String> told = new LinkedHashSet<>();
        for (HostFacts.PortUse use : host.ports()) {
            boolean clash = wanted.stream().anyMatch(w -> clashes(w, use.bound()));
            if (clash && told.add(use.owner())) {
                add(
                        CONFLICT,
                        "UDP port " + time.port() + " is held by " + use.owner() + " on "
                                + use.bound().address() + ": stop it, or choose another port");
            }
        }
    }

    private static boolean clashes(Endpoint wanted, Endpoint held) {
        if (wanted.port() != held.port()) {
            return false;
        }
        boolean sameFamily = wanted.address().isV4() == held.address().isV4();
        return held.address().equals(IpAddress.ANY_V6)
                || (sameFamily
                        && (wanted.address().isAny()
                                || held.address().isAny()
                                || wanted.address().equals(held.address())));
    }

    private void serves() {
        for (RestrictRule rule : time.restricts()) {
            int flags = rule.flags();
            boolean everybody = rule.prefix().length() == 0;
            boolean loopback = rule.prefix().base().isLoopback();
            if (loopback) {
                continue;
            }
            String whom = everybody
                    ? (rule.prefix().base().isV4() ? "everybody else by IPv4" : "everybody else by IPv6")
                    : rule.prefix().toString();
            add(SERVE, whom + ": " + service(flags));
        }
    }

    private static String service(int flags) {
        if (RestrictFlag.IGNORE.isIn(flags)) {
            return "nothing at all";
        }
        String timeService = RestrictFlag.NOSERVE.isIn(flags)
                ? "no time"
                : RestrictFlag.NOTRUST.isIn(flags) ? "time to who has a key" : "time";
        String rate = RestrictFlag.LIMITED.isIn(flags) && !RestrictFlag.NOSERVE.isIn(flags) ? ", rate-limited" : "";
        return timeService + rate + (RestrictFlag.NOQUERY.isIn(flags) ? ", no control queries" : ", control queries");
    }

    private void asks() {
        for (SourceSettings source : time.sources()) {
            add(
                    ASK,
                    source.host() + ", port " + source.port() + ", every " + seconds(source.minPoll()) + " to "
                            + seconds(source.maxPoll()) + " s" + key(source.keyId())
                            + (source.keyId() == 0 ? " (its time can be forged)" : ""));
        }
        time.localClock()
                .ifPresent(local -> add(
                        ASK,
                        "the host clock itself, at stratum " + local.stratum()
                                + (local.prefer()
                                        ? ", at once"
                                        : ", when nothing else was there for "
                                                + time.selection().orphanWait().toSeconds() + " s")));
        if (time.hostClock()) {
            add(ASK, "the host's own clock, as far as the kernel calls it synchronised");
        }
        if (time.sources().isEmpty()
                && time.localClock().isEmpty()
                && !time.hostClock()
                && !time.receiver().isOn()) {
            add(NOTICE, "there is no source of time at all: every answer will say \"unsynchronised\"");
        }
    }

    private static String seconds(int poll) {
        return String.valueOf(1 << poll);
    }

    private static String key(int id) {
        return id == 0 ? ", no key" : ", key " + Integer.toUnsignedString(id);
    }

    private void sends() {
        for (BroadcastSettings stream : time.broadcasts()) {
            List<StreamPath> paths = StreamPath.plan(stream, served());
            String what = stream.address() + ", port " + stream.port() + key(stream.keyId()) + ", every "
                    + seconds(stream.poll()) + " s";
            for (StreamPath path : paths) {
                add(SEND, what + ", from " + path.source() + " by " + path.interfaceName() + hops(stream));
            }
            if (paths.isEmpty()) {
                add(NOTICE, what + ": no interface is up that this stream could leave by");
            } else if (stream.keyId() == 0) {
                add(NOTICE, "the stream to " + stream.address() + " has no key: receivers refuse it or can be fooled");
            }
        }
        if (!time.broadcasts().isEmpty()) {
            add(
                    NOTICE,
                    "every receiver of a stream asks this server six times within a minute of its start, by unicast");
        }
    }

    private static String hops(BroadcastSettings stream) {
        return stream.address().isMulticast() ? ", hop limit " + stream.ttl() : "";
    }

    private List<LocalInterface> served() {
        return host.interfaces().stream().filter(filter::serves).toList();
    }

    private void joins() {
        List<String> named = time.receiver().interfaces();
        for (IpAddress group : time.receiver().groups()) {
            List<String> joined = served().stream()
                    .filter(LocalInterface::up)
                    .filter(i -> named.isEmpty() ? i.multicast() && !i.loopback() : named.contains(i.name()))
                    .map(LocalInterface::name)
                    .toList();
            if (joined.isEmpty()) {
                add(NOTICE, "group " + group + ": no interface is up that it could be joined on");
            } else {
                add(JOIN, "group " + group + " on " + String.join(", ", joined));
                add(
                        NOTICE,
                        "the switch hears " + (group.isV4() ? "IGMP" : "MLD") + " reports for " + group + " from "
                                + String.join(", ", joined));
            }
        }
        if (time.receiver().broadcast()) {
            add(JOIN, "subnet broadcasts on every interface that takes part");
        }
    }

    private void clock() {
        if (time.clock() == ClockMode.OBSERVE) {
            add(CLOCK, "read only: this host's clock is never changed");
            return;
        }
        DisciplineSettings how = time.discipline();
        String steps = how.stepThreshold() == 0
                ? "never set in one step"
                : "set in one step from " + how.stepThreshold() + " s on"
                        + (how.stepOnlyAtStart() ? ", at start only" : "");
        add(CLOCK, "steered: slewed at " + Math.round(how.maxSlewPpm()) + " ppm at most, " + steps);
        for (HostFacts.RunningDaemon daemon : host.daemons()) {
            switch (daemon.steers()) {
                case YES ->
                    add(CONFLICT, daemon.name() + " steers this clock already: stop it, or say clock = \"observe\"");
                case PERHAPS -> add(NOTICE, daemon.name() + " runs and may steer this clock, too");
                case NO -> {}
            }
        }
    }
}
