package org.ekicho.daemon.time;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.Consumer;
import java.util.function.Function;
import org.ekicho.daemon.supervision.Supervisor;
import org.ekicho.ntp.NtpReason;
import org.ekicho.ntp.boundary.HostClock;
import org.ekicho.ntp.boundary.LocalInterface;
import org.ekicho.ntp.boundary.SavedState;
import org.ekicho.ntp.boundary.TimeAction;
import org.ekicho.ntp.engine.TimeEngine;
import org.ekicho.ntp.server.ServerState;
import org.ekicho.ntp.settings.TimeSettings;
import org.ekicho.ntp.view.TimeView;
import org.ekicho.wire.Datagram;
import org.ekicho.wire.IpAddress;
import org.ekicho.wire.Moment;
import org.jspecify.annotations.Nullable;

/// The thread that owns the time engine: empties the mailbox, runs the timers, carries out what the engine wants
/// done. A crash loses the engine alone: the next one starts from what is kept and what was last told.
final class EngineLoop implements Supervisor.Job {
    /// The longest sleep: a bound on what a forgotten deadline can cost.
    private static final long LONGEST_WAIT_NANOS = Mailbox.seconds(1);
    /// How long a question waits for its answer.
    private static final long ANSWER_SECONDS = 3;

    private final Outside outside;
    private final Mailbox mailbox;
    private final Serving serving;
    private volatile ControlDesk control;
    private final Sending sending;
    private final AtomicLongArray refused = new AtomicLongArray(NtpReason.values().length);
    private final Map<Integer, List<IpAddress>> resolved = new HashMap<>();
    private List<LocalInterface> interfaces = new ArrayList<>();
    private HostClock hostClock = HostClock.UNKNOWN;
    private TimeSettings settings;
    private @Nullable TimeEngine engine;
    private @Nullable ServerState told;
    private volatile boolean stopped;

    EngineLoop(TimeSettings settings, Outside outside, Mailbox mailbox, Serving serving, Doors doors) {
        this.settings = settings;
        this.outside = outside;
        this.mailbox = mailbox;
        this.serving = serving;
        this.control = new ControlDesk(settings, serving, outside.dice());
        this.sending = new Sending(outside.clock(), doors);
    }

    @Override
    public void run() throws InterruptedException {
        try {
            engine = begin();
            while (!stopped) {
                turn();
            }
        } finally {
            engine = null;
        }
    }

    private TimeEngine begin() {
        return begin(outside.memory().load());
    }

    private TimeEngine begin(SavedState saved) {
        Moment now = now();
        TimeEngine fresh = new TimeEngine(settings, outside.clock().precision(), saved, outside.dice(), now);
        if (!interfaces.isEmpty()) {
            fresh.networkIs(interfaces, now, this::carryOut);
        }
        resolved.forEach((index, addresses) -> fresh.resolved(index, addresses, now, this::carryOut));
        fresh.hostClockIs(hostClock, now, this::carryOut);
        control.rehearse(fresh.view(now), now);
        return fresh;
    }

    /// Waits for mail until the next timer is due, takes one piece, runs what is due.
    private void turn() throws InterruptedException {
        TimeEngine current = running();
        long wait = current.nextDeadlineNanos() - System.nanoTime();
        mailbox.take(reader, Math.min(wait, LONGEST_WAIT_NANOS));
        Moment now = now();
        if (running().nextDeadlineNanos() - now.monotonicNanos() <= 0) {
            running().advance(now, this::carryOut);
        }
        tellServer(running().serverState());
    }

    private final Mailbox.Reader reader = new Mailbox.Reader() {
        @Override
        public void time(Datagram datagram) {
            running().receive(datagram, now(), EngineLoop.this::carryOut);
        }

        @Override
        public void control(Datagram datagram) {
            Moment now = now();
            control.answer(datagram, () -> running().view(now), now, sending);
        }

        @Override
        public void command(Runnable command) {
            command.run();
        }
    };

    private void tellServer(ServerState state) {
        if (!state.equals(told)) {
            told = state;
            serving.update(state);
        }
    }

    private void carryOut(TimeAction action) {
        switch (action) {
            case TimeAction.Transmit transmit -> sending.transmit(transmit);
            case TimeAction.SetFrequency frequency ->
                steer(() -> outside.clock().setFrequency(frequency.ppm()));
            case TimeAction.Step step -> steer(() -> outside.clock().step(step.seconds()));
            case TimeAction.TellKernel state -> steer(() -> outside.clock().tellKernel(state));
            case TimeAction.SaveDrift drift -> outside.memory().keepDrift(drift.ppm());
            case TimeAction.SaveFloor floor -> outside.memory().keepFloor(floor.floor());
            case TimeAction.Report report -> outside.reports().accept(report);
            case TimeAction.Refused packet ->
                refused.incrementAndGet(packet.reason().ordinal());
        }
    }

    /// A change of the clock.
    private interface Steering {
        void apply() throws IOException;
    }

    private void steer(Steering steering) {
        try {
            steering.apply();
        } catch (IOException e) {
            outside.reports()
                    .accept(new TimeAction.Report(
                            TimeAction.Severity.ERROR, "the clock could not be steered: " + e.getMessage()));
        }
    }

    // --- told from other threads, done on ours ---

    void networkIs(List<LocalInterface> now) {
        mailbox.post(() -> {
            if (!interfaces.equals(now)) {
                interfaces = List.copyOf(now);
                running().networkIs(interfaces, now(), this::carryOut);
            }
        });
    }

    void resolved(int index, List<IpAddress> addresses) {
        mailbox.post(() -> {
            resolved.put(index, List.copyOf(addresses));
            running().resolved(index, addresses, now(), this::carryOut);
        });
    }

    void hostClockIs(HostClock clock) {
        mailbox.post(() -> {
            hostClock = clock;
            running().hostClockIs(clock, now(), this::carryOut);
        });
    }

    /// Follows other settings from now on, with a fresh engine that starts from what is kept.
    void apply(TimeSettings next) {
        mailbox.post(() -> {
            SavedState saved = saved();
            settings = next;
            control = new ControlDesk(next, serving, outside.dice());
            resolved.clear();
            engine = begin(saved);
        });
    }

    /// What is kept, with the frequency that the clock runs at now instead of that of an hour ago.
    private SavedState saved() {
        SavedState kept = outside.memory().load();
        return switch (settings.clock()) {
            case OBSERVE -> kept;
            case STEER -> new SavedState(OptionalDouble.of(running().view(now()).frequencyPpm()), kept.floors());
        };
    }

    /// Asks the engine on its own thread and waits for the answer.
    ///
    /// @throws IOException if it does not answer in time
    <T> T ask(Function<TimeEngine, T> question) throws IOException {
        FutureTask<T> answer = new FutureTask<>(() -> question.apply(running()));
        if (!mailbox.post(answer)) {
            throw new IOException("the time engine has too much to do to answer");
        }
        try {
            return answer.get(ANSWER_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while asking the time engine", e);
        } catch (TimeoutException e) {
            throw new IOException("the time engine does not answer", e);
        } catch (ExecutionException e) {
            throw new IOException("the time engine failed to answer: " + e.getCause(), e);
        }
    }

    TimeView view() throws IOException {
        return ask(current -> current.view(now()));
    }

    /// Runs `work` on the engine's thread; for tests of what a crash does.
    void post(Consumer<TimeEngine> work) {
        mailbox.post(() -> work.accept(running()));
    }

    /// How many control queries came to this end, and how many packets of sources the engine refused for it.
    long count(NtpReason reason) {
        return control.count(reason) + refused.get(reason.ordinal());
    }

    /// Packets that the kernel did not take.
    long unsent() {
        return sending.unsent();
    }

    private TimeEngine running() {
        TimeEngine current = engine;
        if (current == null) {
            throw new IllegalStateException("no engine");
        }
        return current;
    }

    private Moment now() {
        return new Moment(outside.clock().nowNanos(), System.nanoTime());
    }

    @Override
    public void stop() {
        stopped = true;
        mailbox.post(() -> {});
    }
}
