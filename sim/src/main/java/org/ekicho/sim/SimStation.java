package org.ekicho.sim;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import org.ekicho.ntp.boundary.LocalInterface;
import org.ekicho.ntp.boundary.ReplayFloor;
import org.ekicho.ntp.boundary.SavedState;
import org.ekicho.ntp.boundary.TimeAction;
import org.ekicho.ntp.engine.TimeEngine;
import org.ekicho.ntp.server.NtpAction;
import org.ekicho.ntp.server.NtpServer;
import org.ekicho.ntp.server.ServerState;
import org.ekicho.ntp.settings.SourceSettings;
import org.ekicho.ntp.settings.TimeSettings;
import org.ekicho.ntp.view.TimeView;
import org.ekicho.wire.Datagram;
import org.ekicho.wire.IpAddress;
import org.ekicho.wire.Moment;
import org.jspecify.annotations.Nullable;

/// A computer that runs the real time engine, and the real server where it serves, on a simulated clock and network:
/// the shell of the cores as the daemon is, without its threads and sockets.
public final class SimStation implements SimNetwork.Node {
    /// Whether it answers requests. A receiver that nobody asks saves the memory of a client table.
    public enum Role {
        SERVES,
        ONLY_RECEIVES
    }

    private static final int INTERFACE = 2;
    private static final int PRECISION = -23;
    /// Engines ask to be called at a monotonic time; being called this much late is what a real host does at best.
    private static final long TIMER_SLACK_NANOS = 50_000;

    private record FloorKey(IpAddress sender, int keyId) {}

    private final SimNetwork network;
    private final SimQueue queue;
    private final SimClock clock;
    private final IpAddress address;
    private final Role role;
    private final SplittableRandom dice;
    private final Datagram out = new Datagram();
    private final Map<FloorKey, ReplayFloor> floors = new HashMap<>();
    private final List<TimeAction.Report> reports = new ArrayList<>();
    private OptionalDouble drift = OptionalDouble.empty();
    private @Nullable TimeSettings settings;
    private @Nullable TimeEngine engine;
    private @Nullable NtpServer server;
    private @Nullable ServerState told;
    private long wakeAt = Long.MAX_VALUE;

    public SimStation(SimNetwork network, SimClock clock, IpAddress address, Role role, SplittableRandom dice) {
        this.network = network;
        this.queue = network.queue();
        this.clock = clock;
        this.address = address;
        this.role = role;
        this.dice = dice;
        network.attach(address, this);
    }

    public SimClock clock() {
        return clock;
    }

    public IpAddress address() {
        return address;
    }

    /// What it said so far.
    public List<TimeAction.Report> reports() {
        return reports;
    }

    /// Starts, or starts anew with what was kept from before.
    public void start(TimeSettings wanted) {
        settings = wanted;
        SavedState saved = new SavedState(drift, List.copyOf(floors.values()));
        Moment now = now();
        TimeEngine fresh = new TimeEngine(wanted, PRECISION, saved, dice.split(), now);
        engine = fresh;
        server = role == Role.SERVES ? new NtpServer(wanted, dice.nextLong()) : null;
        told = null;
        fresh.networkIs(List.of(networkInterface()), now, this::carryOut);
        for (int i = 0; i < wanted.sources().size(); i++) {
            SourceSettings source = wanted.sources().get(i);
            fresh.resolved(i, List.of(IpAddress.literal(source.host())), now, this::carryOut);
        }
        wakeAt = Long.MAX_VALUE;
        afterwards(fresh);
    }

    /// Stops: what arrives is lost, the clock runs on.
    public void stop() {
        engine = null;
        server = null;
    }

    private LocalInterface networkInterface() {
        LocalInterface.Address own =
                new LocalInterface.Address(address, network.subnet(), Optional.of(network.broadcastAddress()));
        return new LocalInterface(INTERFACE, "eth0", true, true, false, List.of(own));
    }

    /// What it shows now.
    ///
    /// @throws IllegalStateException while it is stopped
    public TimeView view() {
        TimeEngine running = engine;
        if (running == null) {
            throw new IllegalStateException(address + " is stopped");
        }
        return running.view(now());
    }

    @Override
    public boolean isMember(IpAddress group) {
        return engine != null
                && settings != null
                && settings.receiver().groups().contains(group);
    }

    @Override
    public void deliver(Datagram datagram) {
        TimeEngine running = engine;
        if (running == null) {
            return;
        }
        datagram.interfaceIndex = INTERFACE;
        datagram.receivedAtNanos = clock.clockNanos(queue.now());
        NtpServer serving = server;
        if (serving == null) {
            running.receive(datagram, now(), this::carryOut);
        } else {
            serve(serving, running, datagram);
        }
        afterwards(running);
    }

    private void serve(NtpServer serving, TimeEngine running, Datagram datagram) {
        Datagram reply = new Datagram();
        switch (serving.answer(datagram, reply, clock.monotonicNanos(queue.now()))) {
            case NtpAction.Reply _, NtpAction.Kiss _ -> {
                serving.seal(reply, clock.clockNanos(queue.now()));
                network.send(address, 123, reply);
            }
            case NtpAction.ToEngine _ -> running.receive(datagram, now(), this::carryOut);
            case NtpAction.Drop _, NtpAction.ToControl _ -> {}
        }
    }

    private void carryOut(TimeAction action) {
        long now = queue.now();
        switch (action) {
            case TimeAction.Transmit transmit -> {
                out.length = 0;
                out.peer(transmit.to().address(), transmit.to().port());
                out.local(address, INTERFACE);
                transmit.seal(out, clock.clockNanos(now));
                network.send(address, 123, out);
            }
            case TimeAction.SetFrequency frequency -> clock.setFrequency(frequency.ppm(), now);
            case TimeAction.Step step -> clock.step(step.seconds(), now);
            case TimeAction.SaveDrift kept -> drift = OptionalDouble.of(kept.ppm());
            case TimeAction.SaveFloor(ReplayFloor floor) ->
                floors.put(new FloorKey(floor.sender(), floor.keyId()), floor);
            case TimeAction.Report report -> reports.add(report);
            case TimeAction.TellKernel _, TimeAction.Refused _ -> {}
        }
    }

    /// Tells the server what the engine thinks, and sets the alarm.
    private void afterwards(TimeEngine running) {
        ServerState state = running.serverState();
        if (server != null && !state.equals(told)) {
            told = state;
            server.update(state);
        }
        long wanted = clock.trueNanosAt(running.nextDeadlineNanos(), queue.now()) + TIMER_SLACK_NANOS;
        if (wanted < wakeAt) {
            wakeAt = wanted;
            queue.at(wanted, () -> wake(wanted));
        }
    }

    private void wake(long planned) {
        TimeEngine running = engine;
        if (planned != wakeAt || running == null) {
            return;
        }
        wakeAt = Long.MAX_VALUE;
        Moment now = now();
        if (now.monotonicNanos() >= running.nextDeadlineNanos()) {
            running.advance(now, this::carryOut);
        }
        afterwards(running);
    }

    private Moment now() {
        return new Moment(clock.clockNanos(queue.now()), clock.monotonicNanos(queue.now()));
    }
}
