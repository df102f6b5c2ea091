package org.ekicho.daemon.boot.dhcp;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ekicho.daemon.supervision.Supervisor;
import org.ekicho.host.clock.KernelClock;
import org.ekicho.host.net.ArpPacket;
import org.ekicho.host.net.ArpSocket;
import org.ekicho.host.net.SolicitationSocket;
import org.ekicho.netboot.dhcp.BootDoor;
import org.ekicho.netboot.dhcp.ProxyDhcpServer;
import org.ekicho.netboot.lease.DhcpServer;
import org.ekicho.netboot.lease.DhcpSettings;
import org.ekicho.netboot.lease.RivalWatch;
import org.ekicho.wire.MacAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// DHCP on the interfaces that an admin has named: as a proxy beside a server that is not ours, or as the
/// full server.
///
/// Each port of each interface has a socket and a thread; leases have one thread for all interfaces.
public final class DhcpService implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DhcpService.class);

    private final List<PortLoop> loops = new ArrayList<>();
    private final List<ArpLoop> arps = new ArrayList<>();
    private final List<RouterAdvertiser> advertisers = new ArrayList<>();
    private final List<DhcpDoor> doors = new ArrayList<>();
    private Optional<LeaseLoop> leases = Optional.empty();
    private Optional<LeaseJournal> journal = Optional.empty();
    private List<LeasePlace> places = List.of();

    private DhcpService() {}

    /// Opens the ports of the proxy.
    ///
    /// @throws IOException names the port and who has it
    public static DhcpService proxy(
            List<DhcpPlace> places, DhcpPorts ports, BootDoor door, int httpPort, DhcpObserver observer)
            throws IOException {
        DhcpService service = new DhcpService();
        ProxyDesk desk = new ProxyDesk(new ProxyDhcpServer(door, httpPort), service.noticing(observer));
        return service.opening(() -> {
            for (DhcpPlace place : places) {
                service.port(place, ports.server(), DhcpPorts.STANDARD.server(), desk, observer);
                service.port(place, ports.bootServer(), DhcpPorts.STANDARD.bootServer(), desk, observer);
                service.overhear(place, ports, observer);
                service.advertiseNoRouter(place);
            }
        });
    }

    /// A proxy works without what others say to each other; only the trace knows less.
    private void overhear(DhcpPlace place, DhcpPorts ports, DhcpObserver observer) {
        try {
            PortLoop.Desk heard = (now, arrival, packet, _) -> {
                boolean others =
                        packet.fromServer() && !arrival.from().address().equals(place.ours());
                if (others) observer.heard(now, place, arrival.from(), packet);
            };
            port(place, ports.client(), DhcpPorts.STANDARD.client(), heard, observer);
        } catch (IOException e) {
            LOG.info("boot traces will not tell what other DHCP servers offer on {}: {}", place.name(), e.getMessage());
        }
        // There is no ARP on the loopback.
        if (place.mac().equals(new MacAddress(0))) return;
        try {
            ArpSocket socket = ArpSocket.open(place.index(), place.mac());
            arps.add(new ArpLoop(socket, packet -> tell(packet, place, observer)));
        } catch (IOException e) {
            LOG.warn("boot traces will not tell a wrong next-server on {}: {}", place.name(), e.getMessage());
        }
    }

    private void advertiseNoRouter(DhcpPlace place) {
        if (place.mac().equals(new MacAddress(0))) return;
        try {
            advertisers.add(new RouterAdvertiser(SolicitationSocket.open(place.index(), place.mac())));
        } catch (IOException e) {
            LOG.info("old iPXE will wait for an IPv6 router on {}: {}", place.name(), e.getMessage());
        }
    }

    /// The observer, after it was noticed who runs iPXE.
    private DhcpObserver noticing(DhcpObserver observer) {
        return new IpxeObserver(observer, mac -> advertisers.forEach(advertiser -> advertiser.boots(mac)));
    }

    private static void tell(ArpPacket packet, DhcpPlace place, DhcpObserver observer) {
        if (packet.request()) observer.asksWhoHas(new KernelClock().moment(), place, packet);
    }

    /// Opens the ports of the full server and the journal of its leases. No address is given before others
    /// were looked for and nobody answered.
    ///
    /// @param file the journal
    /// @throws IOException names the port and who has it, or the file
    public static DhcpService server(
            List<DhcpPlace> places,
            DhcpPorts ports,
            BootDoor door,
            DhcpSettings settings,
            Path file,
            DhcpObserver observer)
            throws IOException {
        DhcpService service = new DhcpService();
        return service.opening(
                () -> service.openServer(places, ports, door, settings, file, service.noticing(observer)));
    }

    private void openServer(
            List<DhcpPlace> where,
            DhcpPorts ports,
            BootDoor door,
            DhcpSettings settings,
            Path file,
            DhcpObserver observer)
            throws IOException {
        LeaseJournal opened = LeaseJournal.open(file);
        journal = Optional.of(opened);
        if (opened.found().damaged() > 0) {
            LOG.warn(
                    "DHCP: {} lines of {} could not be read and are left out",
                    opened.found().damaged(),
                    file);
        }
        DhcpServer server = new DhcpServer(settings, door, opened.found().records(), new KernelClock().moment());
        List<LeasePlace> all = new ArrayList<>();
        ProxyDhcpServer proxy = new ProxyDhcpServer(door, settings.httpPort());
        LeaseLoop loop = new LeaseLoop(server, proxy, opened, all, observer);
        leases = Optional.of(loop);
        places = all;
        ProxyDesk bootServer = new ProxyDesk(proxy, observer);
        for (DhcpPlace place : where) {
            PortLoop.Desk asked = (now, arrival, packet, by) -> loop.put(new LeaseMail.Asked(now, arrival, packet, by));
            PortLoop.Desk heard = (now, arrival, packet, _) -> loop.put(new LeaseMail.Heard(now, arrival, packet));
            PortLoop own = port(place, ports.server(), DhcpPorts.STANDARD.server(), asked, observer);
            port(place, ports.client(), DhcpPorts.STANDARD.client(), heard, observer);
            port(place, ports.bootServer(), DhcpPorts.STANDARD.bootServer(), bootServer, observer);
            ArpSocket arp = ArpSocket.open(place.index(), place.mac());
            arps.add(new ArpLoop(arp, packet -> {
                loop.put(new LeaseMail.Arp(packet));
                tell(packet, place, observer);
            }));
            RivalWatch rivals = new RivalWatch(place.mac(), place.ours(), new SecureRandom(), System.nanoTime());
            all.add(new LeasePlace(place, own, arp::probe, rivals));
            advertiseNoRouter(place);
        }
    }

    /// What opens doors.
    private interface Opening {
        void open() throws IOException;
    }

    private DhcpService opening(Opening opening) throws IOException {
        try {
            opening.open();
            return this;
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    private PortLoop port(DhcpPlace place, int port, int role, PortLoop.Desk desk, DhcpObserver observer)
            throws IOException {
        DhcpDoor door = DhcpDoor.open(place, port);
        doors.add(door);
        PortLoop loop = new PortLoop(door, role, desk, observer);
        loops.add(loop);
        return loop;
    }

    /// Starts the threads.
    public void start(Supervisor supervisor) {
        leases.ifPresent(loop -> supervisor.start("dhcp-leases", loop));
        for (ArpLoop arp : arps) {
            supervisor.start("dhcp-arp", arp);
        }
        for (RouterAdvertiser advertiser : advertisers) {
            supervisor.start("dhcp-router", advertiser);
        }
        for (PortLoop loop : loops) {
            supervisor.start(loop.name(), loop);
        }
    }

    /// Stops the threads and closes the doors.
    public void stop(Supervisor supervisor) {
        close();
        loops.forEach(supervisor::stop);
        arps.forEach(supervisor::stop);
        advertisers.forEach(supervisor::stop);
        leases.ifPresent(supervisor::stop);
    }

    /// The real ports, in the order in which they were opened.
    public List<Integer> ports() {
        return doors.stream().map(DhcpDoor::port).toList();
    }

    /// A person says that the other server on this interface is gone: look again, and give addresses if so.
    public void resume(DhcpPlace place) {
        leases.ifPresent(loop -> loop.put(new LeaseMail.Resume(place.index())));
    }

    /// Where addresses are given, and where another server keeps us from it.
    public List<RivalWatch.Stance> stances() {
        return places.stream().map(one -> one.rivals().stance()).toList();
    }

    /// Closes doors and journal; stop the supervisor's jobs before.
    @Override
    public void close() {
        loops.forEach(PortLoop::stop);
        arps.forEach(ArpLoop::stop);
        advertisers.forEach(RouterAdvertiser::stop);
        leases.ifPresent(LeaseLoop::stop);
        doors.forEach(DhcpDoor::close);
        journal.ifPresent(open -> {
            try {
                open.close();
            } catch (IOException e) {
                LOG.warn("DHCP: closing the journal of leases: {}", e.getMessage());
            }
        });
    }
}
