package org.ekicho.ntp.engine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.ekicho.ntp.NtpReason;
import org.ekicho.ntp.association.Arrival;
import org.ekicho.ntp.association.Instruments;
import org.ekicho.ntp.association.Interval;
import org.ekicho.ntp.association.OrphanRule;
import org.ekicho.ntp.association.Reading;
import org.ekicho.ntp.association.TimeSource;
import org.ekicho.ntp.auth.Authenticator;
import org.ekicho.ntp.boundary.HostClock;
import org.ekicho.ntp.boundary.LocalInterface;
import org.ekicho.ntp.boundary.SavedState;
import org.ekicho.ntp.boundary.TimeAction;
import org.ekicho.ntp.broadcast.BroadcastReceiver;
import org.ekicho.ntp.broadcast.BroadcastStreams;
import org.ekicho.ntp.client.UnicastAssociation;
import org.ekicho.ntp.client.UnicastSources;
import org.ekicho.ntp.discipline.ClockDiscipline;
import org.ekicho.ntp.packet.NtpMode;
import org.ekicho.ntp.server.InterfaceFilter;
import org.ekicho.ntp.server.ServerState;
import org.ekicho.ntp.settings.TimeSettings;
import org.ekicho.ntp.view.AssociationView;
import org.ekicho.ntp.view.StrayView;
import org.ekicho.ntp.view.TimeView;
import org.ekicho.wire.Datagram;
import org.ekicho.wire.IpAddress;
import org.ekicho.wire.Moment;
import org.jspecify.annotations.Nullable;

/// The time engine: follows sources, measures delays, chooses, disciplines the clock, sends streams. It owns no
/// thread, socket, clock or file: all calls come from one thread, and what it wants done goes to a consumer of
/// [TimeAction]s, which carries each out before the next call.
public final class TimeEngine {
    /// The choice is made anew after this even when nothing was heard: error bounds grow, sources grow silent.
    private static final long TICK = Interval.ofSeconds(16);
    /// ntpq's `tc` while nothing is followed.
    private static final int IDLE_POLL = 6;

    private final TimeSettings settings;
    private final long startedNanos;
    private final Instruments instruments;
    private final UnicastSources unicast;
    private final BroadcastReceiver receiver;
    private final BroadcastStreams streams;
    private final @Nullable LocalClock localClock;
    private final @Nullable HostClockSource hostClock;
    private final Timekeeper keeper;
    private final Strays strays = new Strays();
    private long nextChoice;

    /// @param settings   what to do
    /// @param precision  log2 seconds of the clock, measured by the shell, e.g. -24
    /// @param saved      what earlier runs kept
    /// @param dice       randomness: nonces (so a SecureRandom outside of simulations), jitter of timers
    /// @param now        start
    public TimeEngine(TimeSettings settings, int precision, SavedState saved, RandomGenerator dice, Moment now) {
        this.settings = settings;
        this.startedNanos = now.clockNanos();
        this.instruments = new Instruments(
                new Authenticator(settings.keys()),
                dice,
                precision,
                new OrphanRule(settings.selection().orphan()));
        this.hostClock = settings.hostClock() ? new HostClockSource(instruments) : null;
        this.localClock = LocalClock.of(settings, instruments, now).orElse(null);
        double maxDistance = settings.selection().maxDist();
        this.unicast = new UnicastSources(settings.sources(), maxDistance, instruments, now);
        this.keeper = new Timekeeper(settings, precision, saved);
        this.streams = new BroadcastStreams(settings.broadcasts(), keeper.state(), instruments);
        this.receiver = new BroadcastReceiver(settings, saved.floors(), instruments);
        this.nextChoice = now.monotonicNanos();
    }

    /// The interfaces as they are now: decides where streams leave and what a broadcast came in by. What the settings
    /// leave out (`interface ignore …`) takes no part, but its addresses are known as our own.
    public void networkIs(List<LocalInterface> interfaces, Moment now, Consumer<TimeAction> out) {
        instruments.ownAddresses(interfaces.stream()
                .flatMap(one -> one.addresses().stream())
                .map(LocalInterface.Address::address)
                .toList());
        List<LocalInterface> served = new InterfaceFilter(settings.interfaces()).served(interfaces);
        receiver.networkIs(served);
        streams.networkIs(served, now, out);
    }

    /// The addresses that the name of `settings.sources()[index]` stands for now.
    public void resolved(int index, List<IpAddress> addresses, Moment now, Consumer<TimeAction> out) {
        unicast.resolved(index, addresses, now, out);
    }

    /// What the kernel says of the host clock; about once in 16 s.
    public void hostClockIs(HostClock clock, Moment now, Consumer<TimeAction> out) {
        if (hostClock != null) {
            hostClock.is(clock, now);
            choose(OptionalInt.empty(), now, out);
        }
    }

    /// One datagram of mode 1, 2, 4 or 5 that the server handed over.
    public void receive(Datagram datagram, Moment now, Consumer<TimeAction> out) {
        Optional<NtpReason> fault = Arrival.fault(datagram);
        if (fault.isPresent()) {
            stray(datagram, 0, fault.get(), out);
            return;
        }
        Arrival arrival = Arrival.read(datagram, instruments.authenticator(), now);
        if (keeper.isStampedBeforeStep(arrival, now)) {
            return;
        }
        if (arrival.packet().mode() == NtpMode.BROADCAST) {
            receiveBroadcast(arrival, datagram, now, out);
        } else {
            receiveReply(arrival, datagram, now, out);
        }
    }

    private void receiveBroadcast(Arrival arrival, Datagram datagram, Moment now, Consumer<TimeAction> out) {
        if (streams.isOwn(arrival.sender().address(), arrival.to())) {
            return;
        }
        if (settings.receiver().isOn() && unicast.asks(arrival.sender().address())) {
            stray(datagram, arrival.keyId(), NtpReason.CONFIGURED_ALREADY, out);
            return;
        }
        BroadcastReceiver.Result result = receiver.receiveBroadcast(arrival, now, out);
        finish(result, arrival, datagram, now, out);
    }

    private void receiveReply(Arrival arrival, Datagram datagram, Moment now, Consumer<TimeAction> out) {
        Optional<UnicastAssociation> asked = unicast.find(arrival.sender());
        if (asked.isPresent()) {
            if (asked.get().receive(arrival, out)) {
                choose(OptionalInt.of(asked.get().id()), now, out);
            }
            return;
        }
        finish(receiver.receiveReply(arrival, now, out), arrival, datagram, now, out);
    }

    private void finish(
            BroadcastReceiver.Result result, Arrival arrival, Datagram datagram, Moment now, Consumer<TimeAction> out) {
        switch (result) {
            case BroadcastReceiver.Result.Measured(int id) -> choose(OptionalInt.of(id), now, out);
            case BroadcastReceiver.Result.Noted() -> {}
            case BroadcastReceiver.Result.Stray(NtpReason reason) -> stray(datagram, arrival.keyId(), reason, out);
        }
    }

    private void stray(Datagram datagram, int keyId, NtpReason reason, Consumer<TimeAction> out) {
        strays.count(datagram.peerEndpoint(), datagram.local(), keyId, reason, datagram.receivedAtNanos);
        out.accept(new TimeAction.Refused(reason));
    }

    /// Runs every timer that is due.
    public void advance(Moment now, Consumer<TimeAction> out) {
        Moment current = keeper.advance(sources(), now, out);
        for (TimeSource source : sources()) {
            source.advance(current, out);
        }
        receiver.removeDead(current, out);
        if (current.monotonicNanos() >= nextChoiceNanos() || keeper.hasLostPeer(sources(), current)) {
            current = choose(OptionalInt.empty(), current, out);
        }
        streams.advance(current, out);
    }

    private long nextChoiceNanos() {
        long next = Math.min(nextChoice, keeper.firstChoiceNanos());
        return localClock == null ? next : Math.min(next, localClock.nextWaitEndNanos());
    }

    private Moment choose(OptionalInt fresh, Moment now, Consumer<TimeAction> out) {
        Moment after = keeper.choose(sources(), fresh, now, out);
        nextChoice = now.monotonicNanos() + TICK;
        if (localClock != null) {
            tellLocalClock(localClock, now);
        }
        streams.stateIs(keeper.state(), after);
        return after;
    }

    private void tellLocalClock(LocalClock local, Moment now) {
        boolean other = keeper.systemPeer().isPresent()
                && keeper.followed()
                        .filter(reading -> reading.origin() != Reading.Origin.LOCAL_CLOCK)
                        .isPresent();
        if (other) {
            local.standBy(now);
        } else {
            local.isAlone();
        }
    }

    private List<TimeSource> sources() {
        List<TimeSource> sources = new ArrayList<>(unicast.all());
        sources.addAll(receiver.associations());
        if (localClock != null) {
            sources.add(localClock);
        }
        if (hostClock != null) {
            sources.add(hostClock);
        }
        return sources;
    }

    /// Monotonic time at which `advance` is next worth calling.
    public long nextDeadlineNanos() {
        long deadline = Math.min(nextChoiceNanos(), keeper.deadlineNanos());
        deadline = Math.min(deadline, streams.deadlineNanos());
        for (TimeSource source : sources()) {
            deadline = Math.min(deadline, source.deadlineNanos());
        }
        return deadline;
    }

    /// What our packets say, to be handed to the server after each call that may have changed it.
    public ServerState serverState() {
        return keeper.state();
    }

    /// The picture for status and control protocol.
    public TimeView view(Moment now) {
        List<AssociationView> associations = new ArrayList<>();
        for (TimeSource source : sources()) {
            associations.add(source.view(now, keeper.verdict(source.id())));
        }
        associations.addAll(streams.views(now));
        associations.sort(Comparator.comparingInt(AssociationView::id));
        List<StrayView> lastStrays = strays.newestFirst();
        Optional<ClockDiscipline> discipline = keeper.discipline();
        double kernelPpm = hostClock == null ? 0 : hostClock.clock().frequencyPpm();
        return new TimeView(
                now.clockNanos(),
                startedNanos,
                settings.clock(),
                keeper.state(),
                keeper.systemPeer().orElse(0),
                keeper.followed().map(Reading::poll).orElse(IDLE_POLL),
                keeper.offsetSeconds(),
                discipline.map(ClockDiscipline::frequencyPpm).orElse(kernelPpm),
                keeper.jitterSeconds(),
                discipline.map(ClockDiscipline::jitterSeconds).orElse(0.0),
                discipline.map(ClockDiscipline::wanderPpm).orElse(0.0),
                keeper.lastEvent(),
                keeper.eventCount(),
                new Situation(settings, keeper, localClock, associations, lastStrays, now).sentence(),
                associations,
                strays.counts(),
                lastStrays,
                settings.receiver().fixedDelay().toNanos() * 1e-9);
    }
}
