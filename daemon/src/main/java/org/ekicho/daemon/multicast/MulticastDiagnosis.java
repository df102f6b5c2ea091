package org.ekicho.daemon.multicast;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.ekicho.daemon.multicast.InterfaceVerdict.Grade;
import org.ekicho.host.net.NetInterface;
import org.ekicho.host.net.NetInterface.Trait;
import org.ekicho.wire.IpAddress;

/// From facts to a verdict: which interface will carry a group, and if none, what to type. Asks nobody anything.
public final class MulticastDiagnosis {
    /// Queriers ask every 125 s (RFC 3376 §8.2); who has listened longer and heard nothing may say that there is none.
    static final Duration LONG_ENOUGH = Duration.ofSeconds(130);

    private static final int STRICT = 1;

    private MulticastDiagnosis() {}

    public static MulticastVerdict of(MulticastFacts facts) {
        List<InterfaceVerdict> verdicts =
                facts.interfaces().stream().map(one -> judge(facts, one)).toList();
        return sum(facts, verdicts);
    }

    /// The first thing that is wrong counts: mending a later one would not help before it.
    private static InterfaceVerdict judge(MulticastFacts facts, InterfaceFacts one) {
        IpAddress group = facts.group();
        NetInterface link = one.link();
        String name = link.name();
        List<String> seen = seen(facts, one);
        if (link.is(Trait.LOOPBACK)) {
            return new InterfaceVerdict(name, Grade.ASIDE, seen, "this host only", "");
        }
        if (one.master().isPresent()) {
            return new InterfaceVerdict(
                    name, Grade.ASIDE, seen, "a port of " + one.master().get() + ": look there", "");
        }
        if (!link.is(Trait.UP)) {
            return unfit(name, seen, "it is down", "ip link set " + name + " up");
        }
        if (!link.is(Trait.RUNNING)) {
            return unfit(
                    name,
                    seen,
                    one.parent()
                            .map(parent -> "it has no carrier; look at " + parent + ", which carries it")
                            .orElse("it has no carrier: look at the cable and the switch port"),
                    "");
        }
        if (!link.is(Trait.MULTICAST)) {
            return unfit(name, seen, "its multicast flag is off", "ip link set " + name + " multicast on");
        }
        if (one.addresses(group).isEmpty()) {
            return unfit(
                    name,
                    seen,
                    "it has no " + family(group) + " address to send from",
                    "ip address add " + (group.isV4() ? "ADDRESS/24" : "ADDRESS/64") + " dev " + name);
        }
        return judgeWorking(facts, one, seen);
    }

    private static InterfaceVerdict judgeWorking(MulticastFacts facts, InterfaceFacts one, List<String> seen) {
        String name = one.link().name();
        if (one.forcedIgmp() == 1 || one.forcedIgmp() == 2) {
            return new InterfaceVerdict(
                    name,
                    Grade.DOUBTFUL,
                    seen,
                    "somebody has fixed IGMP version " + one.forcedIgmp() + " on it: the network cannot choose",
                    "sysctl -w net.ipv4.conf." + name.replace('.', '/') + ".force_igmp_version=0");
        }
        boolean waitedLongEnough = facts.listened()
                .filter(time -> time.compareTo(LONG_ENOUGH) >= 0)
                .isPresent();
        if (facts.group().isV4() && one.querier().isEmpty() && waitedLongEnough) {
            return new InterfaceVerdict(
                    name,
                    Grade.DOUBTFUL,
                    seen,
                    "no IGMP querier: a switch that snoops forgets the group after some four minutes;"
                            + " switch on the querier of a switch or router",
                    one.link().kind().equals("bridge") ? "ip link set " + name + " type bridge mcast_querier 1" : "");
        }
        String joined = one.users() > 0
                ? "sends and receives"
                : "fit; nobody on this host has joined " + facts.group() + " on it, so it sends but does not receive";
        return new InterfaceVerdict(name, Grade.FIT, seen, joined, "");
    }

    private static InterfaceVerdict unfit(String name, List<String> seen, String sentence, String mend) {
        return new InterfaceVerdict(name, Grade.UNFIT, seen, sentence, mend);
    }

    private static List<String> seen(MulticastFacts facts, InterfaceFacts one) {
        IpAddress group = facts.group();
        NetInterface link = one.link();
        List<String> seen = new ArrayList<>();
        seen.add(link.is(Trait.UP) ? link.is(Trait.RUNNING) ? "up" : "up, no carrier" : "down");
        link.vlan()
                .ifPresent(vlan ->
                        seen.add("VLAN " + vlan.id() + " of " + one.parent().orElse("another namespace")));
        seen.add(link.is(Trait.MULTICAST) ? "multicast" : "no multicast flag");
        List<IpAddress> addresses = one.addresses(group);
        seen.add(
                addresses.isEmpty()
                        ? "no " + family(group) + " address"
                        : addresses.stream().map(IpAddress::toString).collect(Collectors.joining(" ")));
        seen.add(
                one.users() > 0
                        ? "joined by " + one.users() + (one.users() == 1 ? " socket" : " sockets")
                        : "not joined");
        if (group.isV4()) {
            one.igmpVersion()
                    .ifPresent(version ->
                            seen.add("IGMPv" + version + (one.forcedIgmp() == 0 ? "" : " (fixed by sysctl)")));
            seen.add(pathFilter(one.pathFilter()));
            seen.add(querier(facts, one));
        }
        return seen;
    }

    private static String pathFilter(int value) {
        return switch (value) {
            case 0 -> "rp_filter off";
            case STRICT -> "rp_filter strict: hears only senders that it would answer by this interface";
            default -> "rp_filter loose";
        };
    }

    private static String querier(MulticastFacts facts, InterfaceFacts one) {
        if (one.querier().isPresent()) {
            return "querier " + one.querier().get().querier() + " (IGMPv"
                    + one.querier().get().version() + ")";
        }
        if (facts.listened().filter(Duration::isZero).isPresent()) {
            return "querier not listened for";
        }
        return facts.listened()
                .map(time -> "no querier heard in " + time.toSeconds() + " s"
                        + (time.compareTo(LONG_ENOUGH) < 0 ? " (they ask every two minutes)" : ""))
                .orElse("querier not listened for (needs root or CAP_NET_RAW)");
    }

    private static MulticastVerdict sum(MulticastFacts facts, List<InterfaceVerdict> verdicts) {
        Optional<InterfaceVerdict> fit = first(verdicts, Grade.FIT);
        Optional<InterfaceVerdict> doubtful = first(verdicts, Grade.DOUBTFUL);
        Optional<InterfaceVerdict> unfit = first(verdicts, Grade.UNFIT);
        String route = route(facts, fit.or(() -> doubtful));
        String group = facts.group().toString();
        if (fit.isPresent()) {
            String names = verdicts.stream()
                    .filter(verdict -> verdict.grade() == Grade.FIT)
                    .map(InterfaceVerdict::name)
                    .collect(Collectors.joining(", "));
            return new MulticastVerdict(
                    group, route, verdicts, "This host can use " + group + " on " + names + ".", "", true);
        }
        if (doubtful.isPresent()) {
            InterfaceVerdict one = doubtful.get();
            return new MulticastVerdict(
                    group,
                    route,
                    verdicts,
                    "Works for now on " + one.name() + ": " + one.sentence() + ".",
                    one.mend(),
                    true);
        }
        return unfit.map(one -> new MulticastVerdict(
                        group,
                        route,
                        verdicts,
                        "No interface can carry " + group + "; " + one.name() + ": " + one.sentence() + ".",
                        one.mend(),
                        false))
                .orElseGet(() ->
                        new MulticastVerdict(group, route, verdicts, "This host has no interface but lo.", "", false));
    }

    private static Optional<InterfaceVerdict> first(List<InterfaceVerdict> verdicts, Grade grade) {
        return verdicts.stream().filter(verdict -> verdict.grade() == grade).findFirst();
    }

    private static String route(MulticastFacts facts, Optional<InterfaceVerdict> good) {
        if (facts.route().isEmpty()) {
            String network = facts.group().isV4() ? "224.0.0.0/4" : "ff00::/8";
            return "The kernel has no route to " + facts.group() + ". Ekicho needs none; programs that leave the choice"
                    + " to the kernel (classic ntpd's multicastclient) fail"
                    + good.map(one -> ": ip route add " + network + " dev " + one.name() + " helps them")
                            .orElse("")
                    + ".";
        }
        int index = facts.route().get().interfaceIndex();
        String name = facts.interfaces().stream()
                .map(InterfaceFacts::link)
                .filter(link -> link.index() == index)
                .map(NetInterface::name)
                .findFirst()
                .orElse("interface " + index);
        return "Programs that leave the choice to the kernel use " + name + " (from "
                + facts.route().get().source() + "); Ekicho names the interface itself.";
    }

    private static String family(IpAddress group) {
        return group.isV4() ? "IPv4" : "IPv6";
    }
}
