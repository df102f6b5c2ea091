package org.ekicho.site.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.ekicho.ntp.boundary.LocalInterface;
import org.ekicho.site.SiteReading;
import org.ekicho.site.StatedSurroundings;
import org.ekicho.site.plan.HostFacts.PortUse;
import org.ekicho.site.plan.HostFacts.RunningDaemon;
import org.ekicho.site.plan.HostFacts.Steers;
import org.ekicho.site.toml.SiteFile;
import org.ekicho.wire.Endpoint;
import org.ekicho.wire.IpAddress;
import org.ekicho.wire.IpPrefix;
import org.junit.jupiter.api.Test;

class PlannerTest {
    private static final String KEYS = "10 SHA1 0123456789abcdef0123456789abcdef01234567\n";
    private static final LocalInterface LO = one(1, "lo", "127.0.0.1/8");
    private static final LocalInterface ETH0 = one(2, "eth0", "192.168.55.1/24");
    private static final LocalInterface VLAN = one(3, "eth0.20", "192.168.20.1/24");

    @Test
    void says_where_dhcp_would_answer_and_what_machines_get() {
        assertThat(plan("""
                        [site]
                        name = "lab"
                        [time]
                        enabled = false
                        [boot]
                        interfaces = ["eth0", "eth7"]
                        dhcp = "server"
                        [[boot.machine]]
                        name = "web1"
                        macs = ["52:54:00:77:00:01"]
                        [[boot.subnet]]
                        net = "192.168.55.0/24"
                        ranges = ["192.168.55.100-192.168.55.199"]
                        """, List.of(), List.of()).print()).isEqualTo("""
                plan for lab
                  listen    0.0.0.0:8069: boot files by HTTP
                  listen    eth0: DHCP as the server (ports 67 and 4011), once no other server answers; TFTP
                  listen    eth7: DHCP as the server (ports 67 and 4011), once no other server answers; TFTP
                  serve     192.168.55.0/24: addresses 192.168.55.100-192.168.55.199, for 12 h
                  serve     1 known machines: their own disk unless an install order is armed
                  serve     all others: a menu that goes to the local disk
                  store     /srv/boot: trees, loaders, install orders, leases
                  notice    the time service is switched off
                  notice    UDP ports 67, 69 and 4011 need root or the capability CAP_NET_BIND_SERVICE
                  conflict  there is no interface eth7 on this host: name another in [boot], or bring it up
                """);
    }

    @Test
    void says_what_would_listen_be_sent_and_be_noticed() {
        String plan = plan("""
                        [site]
                        name = "lab"
                        [time]
                        interfaces = ["eth0"]
                        keys = "keys"
                        allow = ["192.168.55.0/24"]
                        [[time.server]]
                        address = "10.0.0.1"
                        [[time.broadcast]]
                        address = "224.0.1.1"
                        key = 10
                        [time.receive]
                        groups = ["239.1.1.1"]
                        [time.local-clock]
                        stratum = 10
                        """, List.of(), List.of()).print();
        assertThat(plan).isEqualTo("""
                plan for lab
                  listen    lo: 127.0.0.1:123
                  listen    eth0: 192.168.55.1:123
                  serve     everybody else by IPv4: no time, no control queries
                  serve     everybody else by IPv6: no time, no control queries
                  serve     192.168.55.0/24: time, rate-limited, no control queries
                  serve     10.0.0.1/32: time, rate-limited, no control queries
                  ask       10.0.0.1, port 123, every 64 to 1024 s, no key (its time can be forged)
                  ask       the host clock itself, at stratum 10, when nothing else was there for 300 s
                  ask       the host's own clock, as far as the kernel calls it synchronised
                  send      224.0.1.1, port 123, key 10, every 64 s, from 192.168.55.1 by eth0, hop limit 1
                  join      group 239.1.1.1 on eth0
                  clock     read only: this host's clock is never changed
                  notice    port 123 needs root or the capability CAP_NET_BIND_SERVICE
                  notice    every receiver of a stream asks this server six times within a minute of its start, by \
                unicast
                  notice    the switch hears IGMP reports for 239.1.1.1 from eth0
                """);
    }

    @Test
    void names_the_owner_of_a_port_and_the_daemon_that_steers() {
        Plan plan = plan(
                "[site]\nname = \"lab\"\n[time]\nclock = \"steer\"\n",
                List.of(new PortUse(new Endpoint(IpAddress.ANY_V4, 123), "chronyd (pid 812, chrony.service)")),
                List.of(new RunningDaemon("chronyd (pid 812, chrony.service)", Steers.YES)));
        assertThat(plan.hasConflicts()).isTrue();
        assertThat(plan.print())
                .contains("conflict  UDP port 123 is held by chronyd (pid 812, chrony.service) on 0.0.0.0: stop it")
                .contains("conflict  chronyd (pid 812, chrony.service) steers this clock already")
                .contains("clock     steered: slewed at 5000 ppm at most, set in one step from 0.128 s on, at start");
    }

    @Test
    void an_address_of_its_own_clashes_only_with_the_same_address() {
        String file = "[site]\nname = \"lab\"\n[time]\nsockets = \"per-address\"\ninterfaces = [\"192.168.55.1\"]\n";
        assertThat(plan(file, List.of(new PortUse(endpoint("192.168.20.1"), "x (pid 1)")), List.of())
                        .hasConflicts())
                .isFalse();
        assertThat(plan(file, List.of(new PortUse(endpoint("192.168.55.1"), "x (pid 1)")), List.of())
                        .hasConflicts())
                .isTrue();
        assertThat(plan(file, List.of(new PortUse(endpoint("::"), "x (pid 1)")), List.of())
                        .hasConflicts())
                .isTrue();
    }

    @Test
    void tells_of_interfaces_that_are_missing_and_of_no_source() {
        assertThat(plan("""
                        [site]
                        name = "lab"
                        [time]
                        host-clock = false
                        keys = "keys"
                        [[time.broadcast]]
                        address = "224.0.1.1"
                        key = 10
                        interfaces = ["eth7"]
                        """, List.of(), List.of()).print())
                .contains("no interface is up that this stream could leave by")
                .contains("there is no source of time at all");
        assertThat(plan("[site]\nname = \"lab\"\n[time]\ninterfaces = [\"eth9\"]\n", List.of(), List.of())
                        .print())
                .contains("interface eth9 is not there now")
                .contains("nobody else can be served");
    }

    private static Endpoint endpoint(String address) {
        return new Endpoint(IpAddress.literal(address), 123);
    }

    private static Plan plan(String text, List<PortUse> ports, List<RunningDaemon> daemons) {
        SiteReading reading = SiteFile.read("ekicho.toml", text, new StatedSurroundings().file("keys", KEYS));
        assertThat(reading.report().hasErrors()).as(reading.report().print()).isFalse();
        return Planner.plan(reading.settings().orElseThrow(), new HostFacts(List.of(LO, ETH0, VLAN), ports, daemons));
    }

    private static LocalInterface one(int index, String name, String net) {
        IpPrefix subnet = IpPrefix.parse(net).orElseThrow();
        IpAddress own = IpAddress.literal(net.substring(0, net.indexOf('/')));
        boolean loopback = name.equals("lo");
        return new LocalInterface(
                index,
                name,
                true,
                !loopback,
                loopback,
                List.of(new LocalInterface.Address(own, subnet, Optional.empty())));
    }

    @Test
    void says_what_the_mirror_would_serve_fetch_and_keep() {
        SiteReading reading = SiteFile.read(
                "ekicho.toml",
                """
                        [site]
                        name = "lab"
                        [time]
                        enabled = false
                        [mirror]
                        folder = "/srv/mirror"
                        repo-files = ["a.repo"]
                        sync-every = "6h"
                        bandwidth = "20M"
                        [[mirror.repo]]
                        id = "a"
                        newest-only = true
                        archs = ["x86_64"]
                        [[mirror.repo]]
                        id = "own"
                        folder = "/srv/rpms"
                        [mirror.serve]
                        """,
                new StatedSurroundings().file("a.repo", "[a]\nbaseurl=http://u:p@up/a/\ngpgcheck=0\n"));
        HostFacts.MirrorFacts facts = new HostFacts.MirrorFacts(
                HostFacts.FolderState.NOT_WRITABLE,
                List.of(new PortUse(new Endpoint(IpAddress.ANY_V4, 80), "nginx (pid 7, nginx.service)")));
        Plan plan =
                Planner.plan(reading.settings().orElseThrow(), new HostFacts(List.of(LO), List.of(), List.of(), facts));
        assertThat(plan.hasConflicts()).isTrue();
        assertThat(plan.print()).isEqualTo("""
                plan for lab
                  listen    0.0.0.0:80: the mirror by HTTP
                  listen    [::]:80: the mirror by HTTP
                  fetch     a: http://up/a/, newest packages of x86_64, no signature asked for (a.repo:1:1)
                  fetch     own: own packages in /srv/rpms, all packages, no signature asked for (ekicho.toml:15:1)
                  store     in /srv/mirror, synced every 6 h, 8 downloads at once, at most 20.0 MiB/s; replaced files \
                stay 3 d, 7 snapshots are kept
                  notice    the time service is switched off
                  notice    TCP port 80 needs root or the capability CAP_NET_BIND_SERVICE
                  conflict  TCP port 80 is held by nginx (pid 7, nginx.service) on 0.0.0.0: stop it, or choose another \
                port
                  conflict  /srv/mirror cannot be written: give it to the user that runs ekicho
                """);
    }
}
