package org.ekicho.daemon.time;

import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.ekicho.daemon.supervision.Supervisor;
import org.ekicho.ntp.NtpReason;
import org.ekicho.ntp.access.ClientEntry;
import org.ekicho.ntp.boundary.HostClock;
import org.ekicho.ntp.boundary.LocalInterface;
import org.ekicho.ntp.engine.TimeEngine;
import org.ekicho.ntp.packet.ReferenceId;
import org.ekicho.ntp.server.InterfaceFilter;
import org.ekicho.ntp.server.NtpServer;
import org.ekicho.ntp.server.ServerState;
import org.ekicho.ntp.settings.TimeSettings;
import org.ekicho.ntp.view.ReasonCount;
import org.ekicho.ntp.view.TimeView;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The time service: a thread per socket that answers, a thread that owns the engine, and what tells the engine of
/// the world: interfaces, names, the host clock.
public final class TimeService implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TimeService.class);
    /// How often the host clock is looked at: a fraction of the time in which its error bound grows by a millisecond.
    private static final long HOST_CLOCK_MILLIS = 16_000;

    private final Outside outside;
    private final Supervisor supervisor;
    private final Mailbox mailbox = new Mailbox();
    private final Serving serving;
    private final Doors doors;
    private final EngineLoop engine;
    private final Thread hostClock;
    private final AutoCloseable watch;
    private TimeSettings settings;
    private SourceNames names;
    private volatile Optional<String> keeper = Optional.empty();

    /// What runs, in numbers.
    ///
    /// @param sockets     open sockets
    /// @param groups      groups joined, and where
    /// @param packets     packets by what became of them
    /// @param lost        datagrams and commands for which the mailbox had no room
    /// @param unsent      packets that the kernel did not take
    public record Traffic(
            List<DoorSpec> sockets, Set<DoorPlan.Join> groups, List<ReasonCount> packets, long lost, long unsent) {}

    /// Opens the sockets and starts the threads.
    ///
    /// @throws IOException if a socket cannot be opened: the message says what to do
    public static TimeService start(TimeSettings settings, Outside outside, Supervisor supervisor) throws IOException {
        TimeService service = new TimeService(settings, outside, supervisor);
        try {
            service.network();
        } catch (IOException e) {
            service.close();
            throw e;
        }
        supervisor.start("time engine", service.engine);
        service.hostClock.start();
        return service;
    }

    private TimeService(TimeSettings settings, Outside outside, Supervisor supervisor) throws IOException {
        this.settings = settings;
        this.outside = outside;
        this.supervisor = supervisor;
        ServerState unsynchronised =
                ServerState.unsynchronised(outside.clock().precision(), ReferenceId.ofText("INIT"));
        this.serving = new Serving(outside.clock(), mailbox, server(settings), unsynchronised);
        this.doors = new Doors(outside.doors(), supervisor, serving);
        this.engine = new EngineLoop(settings, outside, mailbox, serving, doors);
        this.names = new SourceNames(settings.sources(), outside.names(), engine::resolved);
        this.hostClock = Thread.ofVirtual().name("host clock").unstarted(this::watchHostClock);
        this.watch = outside.network().watch(this::networkChanged);
    }

    private NtpServer server(TimeSettings next) {
        return new NtpServer(next, outside.dice().nextLong());
    }

    /// Looks at the interfaces and opens, joins and tells what follows from them.
    private synchronized void network() throws IOException {
        List<LocalInterface> interfaces = outside.network().interfaces();
        InterfaceFilter filter = new InterfaceFilter(settings.interfaces());
        doors.apply(DoorPlan.of(settings, interfaces, own -> filter.serves(own.on(), own.address())));
        serving.networkIs(interfaces, filter);
        engine.networkIs(interfaces);
    }

    private void networkChanged() {
        try {
            network();
        } catch (IOException e) {
            LOG.warn("interfaces changed, but {}", e.getMessage());
        }
    }

    private void watchHostClock() {
        try {
            while (true) {
                HostClock read = outside.hostClock().read();
                keeper = read.daemon();
                engine.hostClockIs(read);
                Thread.sleep(HOST_CLOCK_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Serves by other settings from now on. Sockets that both want stay open. On an error nothing has changed.
    ///
    /// @throws IOException if a new socket cannot be opened
    public synchronized void apply(TimeSettings next) throws IOException {
        List<LocalInterface> interfaces = outside.network().interfaces();
        InterfaceFilter filter = new InterfaceFilter(next.interfaces());
        doors.apply(DoorPlan.of(next, interfaces, own -> filter.serves(own.on(), own.address())));
        names.close();
        settings = next;
        serving.replace(server(next));
        serving.networkIs(interfaces, filter);
        engine.apply(next);
        engine.networkIs(interfaces);
        names = new SourceNames(next.sources(), outside.names(), engine::resolved);
    }

    public synchronized TimeSettings settings() {
        return settings;
    }

    /// @throws IOException if the engine does not answer in time
    public TimeView view() throws IOException {
        return engine.view();
    }

    /// The daemon of this host that keeps its clock, in words; empty: none is known.
    public Optional<String> keeper() {
        return keeper;
    }

    /// The newest clients first, `limit` at most.
    public List<ClientEntry> clients(int limit) {
        return serving.clients(limit);
    }

    public Traffic traffic() {
        return new Traffic(
                doors.specs(), doors.joined(), packets(), mailbox.lost(), serving.unsent() + engine.unsent());
    }

    /// How many packets came to each end, the frequent first.
    private List<ReasonCount> packets() {
        long[] counters = serving.counters();
        return Arrays.stream(NtpReason.values())
                .map(reason -> new ReasonCount(reason, counters[reason.ordinal()] + engine.count(reason)))
                .filter(count -> count.count() > 0)
                .sorted(Comparator.comparingLong(ReasonCount::count).reversed())
                .toList();
    }

    /// Runs `work` on the engine's thread; for tests.
    public void onEngine(Consumer<TimeEngine> work) {
        engine.post(work);
    }

    @Override
    public synchronized void close() {
        hostClock.interrupt();
        try {
            watch.close();
        } catch (Exception e) {
            LOG.debug("closing the watch of interfaces", e);
        }
        names.close();
        doors.close();
        supervisor.stop(engine);
        outside.memory().close();
    }
}
