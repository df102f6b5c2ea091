package org.ekicho.daemon.multicast;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.ekicho.daemon.multicast.InterfaceVerdict.Grade;
import org.ekicho.host.net.IgmpQuery;
import org.ekicho.host.net.NetInterface;
import org.ekicho.host.net.NetInterface.Address;
import org.ekicho.host.net.NetInterface.Trait;
import org.ekicho.host.net.NetInterface.Vlan;
import org.ekicho.host.net.Route;
import org.ekicho.wire.IpAddress;
import org.ekicho.wire.IpPrefix;
import org.junit.jupiter.api.Test;

class MulticastDiagnosisTest {
    private static final IpAddress GROUP = IpAddress.literal("224.0.1.1");
    private static final Set<Trait> GOOD = EnumSet.of(Trait.UP, Trait.RUNNING, Trait.BROADCAST, Trait.MULTICAST);
    private static final Address ADDRESS = new Address(
            IpAddress.literal("192.168.55.1"), IpPrefix.parse("192.168.55.0/24").orElseThrow(), Optional.empty());

    private Set<Trait> traits = GOOD;
    private List<Address> addresses = List.of(ADDRESS);
    private Optional<Vlan> vlan = Optional.empty();
    private Optional<String> master = Optional.empty();
    private String kind = "";
    private int users = 1;
    private int pathFilter;
    private int forcedIgmp;
    private Optional<IgmpQuery> querier = Optional.empty();
    private Optional<Duration> listened = Optional.of(Duration.ofSeconds(3));
    private Optional<Route> route = Optional.empty();
    private IpAddress group = GROUP;

    private static Set<Trait> without(Trait trait) {
        EnumSet<Trait> rest = EnumSet.copyOf(GOOD);
        rest.remove(trait);
        return rest;
    }

    private MulticastVerdict verdict() {
        NetInterface link = new NetInterface(
                3, "eth0.20", traits, 1500, Optional.empty(), addresses, vlan, OptionalInt.empty(), kind);
        InterfaceFacts one = new InterfaceFacts(
                link, vlan.map(v -> "eth0"), master, users, pathFilter, Optional.of(3), forcedIgmp, querier);
        return MulticastDiagnosis.of(new MulticastFacts(group, route, listened, List.of(one)));
    }

    private InterfaceVerdict only() {
        return verdict().interfaces().getFirst();
    }

    @Test
    void a_good_interface_is_fit_and_needs_no_route() {
        MulticastVerdict verdict = verdict();
        assertThat(verdict.healthy()).isTrue();
        assertThat(verdict.sentence()).isEqualTo("This host can use 224.0.1.1 on eth0.20.");
        assertThat(verdict.mend()).isEmpty();
        assertThat(verdict.route()).contains("no route", "Ekicho needs none", "ip route add 224.0.0.0/4 dev eth0.20");
        assertThat(only().grade()).isEqualTo(Grade.FIT);
        assertThat(only().facts()).contains("up", "multicast", "192.168.55.1", "joined by 1 socket", "IGMPv3");
    }

    @Test
    void names_the_route_that_others_would_take() {
        route = Optional.of(new Route(3, IpAddress.literal("192.168.55.1"), Optional.empty()));
        assertThat(verdict().route()).contains("use eth0.20 (from 192.168.55.1)");
    }

    @Test
    void an_interface_that_is_down_is_mended_by_ip_link() {
        traits = without(Trait.UP);
        MulticastVerdict verdict = verdict();
        assertThat(verdict.healthy()).isFalse();
        assertThat(verdict.sentence()).isEqualTo("No interface can carry 224.0.1.1; eth0.20: it is down.");
        assertThat(verdict.mend()).isEqualTo("ip link set eth0.20 up");
    }

    @Test
    void a_vlan_without_carrier_points_to_its_parent() {
        traits = without(Trait.RUNNING);
        vlan = Optional.of(new Vlan(20, 2));
        assertThat(only().sentence()).contains("look at eth0");
        assertThat(only().facts()).contains("VLAN 20 of eth0");
    }

    @Test
    void a_missing_flag_or_address_is_named() {
        traits = without(Trait.MULTICAST);
        assertThat(only().mend()).isEqualTo("ip link set eth0.20 multicast on");
        traits = GOOD;
        addresses = List.of();
        assertThat(only().grade()).isEqualTo(Grade.UNFIT);
        assertThat(only().mend()).isEqualTo("ip address add ADDRESS/24 dev eth0.20");
    }

    @Test
    void an_ipv4_address_does_not_serve_an_ipv6_group() {
        group = IpAddress.literal("ff02::101");
        assertThat(only().sentence()).isEqualTo("it has no IPv6 address to send from");
        assertThat(only().facts()).noneMatch(fact -> fact.contains("IGMP") || fact.contains("rp_filter"));
    }

    @Test
    void nobody_joined_is_said_and_is_no_fault() {
        users = 0;
        assertThat(only().grade()).isEqualTo(Grade.FIT);
        assertThat(only().sentence()).contains("nobody on this host has joined 224.0.1.1");
    }

    @Test
    void a_missing_querier_counts_only_after_a_long_wait() {
        assertThat(only().facts()).contains("no querier heard in 3 s (they ask every two minutes)");
        listened = Optional.of(Duration.ofSeconds(140));
        kind = "bridge";
        assertThat(only().grade()).isEqualTo(Grade.DOUBTFUL);
        assertThat(only().mend()).isEqualTo("ip link set eth0.20 type bridge mcast_querier 1");
        assertThat(verdict().healthy()).isTrue();
        querier = Optional.of(new IgmpQuery(3, IpAddress.literal("192.168.55.254"), 2, IpAddress.ANY_V4));
        assertThat(only().grade()).isEqualTo(Grade.FIT);
        assertThat(only().facts()).contains("querier 192.168.55.254 (IGMPv2)");
    }

    @Test
    void says_when_it_was_not_allowed_to_listen() {
        listened = Optional.empty();
        assertThat(only().facts()).contains("querier not listened for (needs root or CAP_NET_RAW)");
    }

    @Test
    void a_fixed_igmp_version_is_doubtful() {
        forcedIgmp = 2;
        assertThat(only().grade()).isEqualTo(Grade.DOUBTFUL);
        assertThat(only().mend()).isEqualTo("sysctl -w net.ipv4.conf.eth0/20.force_igmp_version=0");
    }

    @Test
    void a_strict_path_filter_is_explained() {
        pathFilter = 1;
        assertThat(only().facts()).anyMatch(fact -> fact.startsWith("rp_filter strict"));
        assertThat(only().grade()).isEqualTo(Grade.FIT);
    }

    @Test
    void lo_and_ports_of_a_bridge_stand_aside() {
        traits = EnumSet.of(Trait.UP, Trait.RUNNING, Trait.LOOPBACK);
        assertThat(only().grade()).isEqualTo(Grade.ASIDE);
        assertThat(verdict().sentence()).isEqualTo("This host has no interface but lo.");
        traits = GOOD;
        master = Optional.of("br0");
        assertThat(only().sentence()).isEqualTo("a port of br0: look there");
    }
}
