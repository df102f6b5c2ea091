package org.ekicho.ntp.engine;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.ekicho.ntp.association.Arrival;
import org.ekicho.ntp.association.Interval;
import org.ekicho.ntp.association.Reading;
import org.ekicho.ntp.association.TimeSource;
import org.ekicho.ntp.boundary.SavedState;
import org.ekicho.ntp.boundary.TimeAction;
import org.ekicho.ntp.discipline.ClockDiscipline;
import org.ekicho.ntp.estimate.ClockChange;
import org.ekicho.ntp.estimate.Estimate;
import org.ekicho.ntp.packet.LeapIndicator;
import org.ekicho.ntp.packet.ReferenceId;
import org.ekicho.ntp.selection.Candidate;
import org.ekicho.ntp.selection.Choice;
import org.ekicho.ntp.selection.Selector;
import org.ekicho.ntp.selection.Verdict;
import org.ekicho.ntp.server.ServerState;
import org.ekicho.ntp.settings.ClockMode;
import org.ekicho.ntp.settings.TimeSettings;
import org.ekicho.ntp.view.SelectionStatus;
import org.ekicho.wire.Moment;
import org.jspecify.annotations.Nullable;

/// Chooses among the sources, steers the clock where that was asked for, and keeps what our packets say honest.
final class Timekeeper {
    /// How long we call ourselves synchronised after the last source was lost. At 15 ppm the served error bound has
    /// grown by 54 ms until then; who wants an isolated site to go on configures the local clock.
    static final long HOLDOVER = Interval.ofSeconds(3600);
    /// The kernel is told of our state again after this, so that its own error bound does not run away.
    private static final long KERNEL_INTERVAL = Interval.ofSeconds(64);

    private final TimeSettings settings;
    private final int precision;
    private final FirstChoice firstChoice = new FirstChoice();
    private final @Nullable Steering steering;
    private ServerState state;
    private Choice choice = new Choice(Map.of(), OptionalInt.empty(), List.of(), Optional.empty(), "");
    private @Nullable Reading followed;
    private double offset;
    private double jitter;
    private String trouble = "";
    private long lastFollowed;
    /// Monotonic time of the last step, far in the past without one.
    private long stepped = Long.MIN_VALUE / 2;
    private long kernelTold;
    private boolean kernelToldSynchronised;
    private int lastEvent = SystemEvent.RESTART.code();
    private int eventCount = 1;

    Timekeeper(TimeSettings settings, int precision, SavedState saved) {
        this.settings = settings;
        this.precision = precision;
        this.steering =
                settings.clock() == ClockMode.STEER ? new Steering(settings.discipline(), saved.driftPpm()) : null;
        this.state = ServerState.unsynchronised(precision, ReferenceId.ofText("INIT"));
    }

    /// Timers of the discipline.
    ///
    /// @return now, by the clock as it was left
    Moment advance(List<TimeSource> sources, Moment now, Consumer<TimeAction> out) {
        return steering == null ? now : apply(steering.advance(now, out), sources, now);
    }

    long deadlineNanos() {
        return steering == null ? Interval.NEVER : steering.deadlineNanos();
    }

    /// When the first choice is made at the latest; [Interval#NEVER]: it was, or nobody was heard yet.
    long firstChoiceNanos() {
        return firstChoice.endsNanos();
    }

    /// True when the system peer can be followed no more.
    boolean hasLostPeer(List<TimeSource> sources, Moment now) {
        OptionalInt peer = choice.systemPeer();
        return peer.isPresent()
                && sources.stream()
                        .noneMatch(source -> source.id() == peer.getAsInt()
                                && source.reading(now).isPresent());
    }

    /// Chooses anew.
    ///
    /// @param fresh the source that has a new sample; empty: none, only time went by
    /// @return now, by the clock as it was left
    Moment choose(List<TimeSource> sources, OptionalInt fresh, Moment now, Consumer<TimeAction> out) {
        Map<Integer, Reading> readings = new HashMap<>();
        for (TimeSource source : sources) {
            source.reading(now).ifPresent(reading -> readings.put(reading.id(), reading));
        }
        boolean waited = firstChoice.endsNanos() != Interval.NEVER;
        if (firstChoice.mustWait(sources.size(), readings.size(), now.monotonicNanos())) {
            return now;
        }
        OptionalInt before = choice.systemPeer();
        choice = Selector.choose(candidates(readings.values()), settings.selection(), before);
        Reading peer = choice.systemPeer().isPresent()
                ? readings.get(choice.systemPeer().getAsInt())
                : null;
        announce(peer, before, sources, out);
        Moment after = now;
        if (peer != null && choice.estimate().isPresent()) {
            boolean measured = waited || (fresh.isPresent() && choice.combined().contains(fresh.getAsInt()));
            after = follow(peer, choice.estimate().get(), measured, sources, now, out);
        } else {
            holdOver(now, out);
        }
        tellKernel(after, out);
        return after;
    }

    /// One server that disagrees with the host clock proves nothing against it: it takes two that agree.
    private static List<Candidate> candidates(Collection<Reading> readings) {
        long remotes = readings.stream()
                .filter(reading -> reading.origin() == Reading.Origin.REMOTE)
                .count();
        return readings.stream()
                .map(reading -> remotes == 1 && reading.origin() == Reading.Origin.HOST_CLOCK
                        ? reading.candidate().with(Candidate.Trait.TRUE_CHIMER)
                        : reading.candidate())
                .toList();
    }

    private void announce(
            @Nullable Reading peer, OptionalInt before, List<TimeSource> sources, Consumer<TimeAction> out) {
        if (peer == null && before.isPresent()) {
            event(SystemEvent.NO_SYSTEM_PEER);
            out.accept(new TimeAction.Report(
                    TimeAction.Severity.WARNING, "no source is left that could be believed: holding over"));
        }
        if (peer != null && (before.isEmpty() || before.getAsInt() != peer.id())) {
            sources.stream().filter(source -> source.id() == peer.id()).forEach(TimeSource::becameSystemPeer);
            out.accept(new TimeAction.Report(
                    TimeAction.Severity.INFO,
                    "following " + peer.name() + ", which makes us stratum " + peer.servedStratum()));
        }
    }

    private Moment follow(
            Reading peer,
            Estimate combined,
            boolean measured,
            List<TimeSource> sources,
            Moment now,
            Consumer<TimeAction> out) {
        boolean remote = peer.origin() == Reading.Origin.REMOTE;
        followed = peer;
        lastFollowed = now.monotonicNanos();
        jitter = combined.jitterSeconds();
        Moment after = now;
        if (!remote) {
            offset = 0;
        } else if (measured || steering == null) {
            offset = combined.offsetSeconds();
        }
        if (remote && measured && steering != null) {
            after = apply(steering.update(combined, now, out), sources, now);
        }
        double residual = remote ? residual(after) : 0;
        trouble = remote ? trouble(residual) : "";
        long reference =
                measured || !remote || state.referenceNanos() == 0 ? after.clockNanos() : state.referenceNanos();
        if (trouble.isEmpty()) {
            become(served(peer, combined, residual, reference, after), out);
        } else {
            become(ServerState.unsynchronised(precision, ReferenceId.ofText("STEP")), out);
        }
        return after;
    }

    /// By how much our clock is known to be wrong, seconds: what a slew has still to do, or what may not be corrected.
    private double residual(Moment now) {
        return Math.abs(steering == null ? offset : steering.discipline().remainingSeconds(now.monotonicNanos()));
    }

    /// Why we are not synchronised although there is a source; empty: we are.
    private String trouble(double residual) {
        if (steering != null && !steering.isFollowing()) {
            return switch (steering.discipline().state()) {
                case PANIC ->
                    "the sources are " + TimeSpanText.ofOffset(offset)
                            + " from this clock, beyond the panic limit: set the clock by hand, or allow it once";
                case START, SPIKE ->
                    state.isSynchronised()
                            ? ""
                            : "the sources are " + TimeSpanText.ofOffset(offset)
                                    + " from this clock: waiting whether that lasts";
                case FOLLOW -> "";
            };
        }
        if (residual > settings.selection().maxDist()) {
            return "this clock is " + TimeSpanText.ofOffset(residual) + " from its sources"
                    + (steering == null ? ", and it may only be observed (clock = \"observe\")" : ": being slewed");
        }
        return "";
    }

    private ServerState served(Reading peer, Estimate combined, double residual, long reference, Moment now) {
        double dispersion = peer.rootDispersion()
                + Math.max(
                        combined.dispersionSeconds() + combined.jitterSeconds() + residual,
                        settings.selection().minDist());
        return new ServerState(
                peer.leap(),
                Math.min(peer.servedStratum(), 16),
                precision,
                peer.totalDelay(),
                dispersion,
                peer.referenceId(),
                reference,
                now.clockNanos());
    }

    private void holdOver(Moment now, Consumer<TimeAction> out) {
        boolean tooLong = now.monotonicNanos() - lastFollowed > HOLDOVER;
        boolean tooWide =
                state.rootDispersionAt(now.clockNanos()) > settings.selection().maxDist();
        if (state.isSynchronised() && (tooLong || tooWide)) {
            followed = null;
            become(ServerState.unsynchronised(precision, ReferenceId.ofText("HOLD")), out);
        }
    }

    private void become(ServerState next, Consumer<TimeAction> out) {
        boolean was = state.isSynchronised();
        state = next;
        if (next.isSynchronised() && !was) {
            event(SystemEvent.CLOCK_SYNC);
            out.accept(new TimeAction.Report(TimeAction.Severity.INFO, "synchronised, stratum " + next.stratum()));
        } else if (!next.isSynchronised() && was) {
            out.accept(new TimeAction.Report(TimeAction.Severity.WARNING, "not synchronised any more"));
        }
    }

    private Moment apply(Steering.Outcome outcome, List<TimeSource> sources, Moment now) {
        if (outcome.panicked()) {
            event(SystemEvent.PANIC_STOP);
        }
        for (ClockChange change : outcome.changes()) {
            sources.forEach(source -> source.clockChanged(change));
        }
        if (outcome.stepSeconds() == 0) {
            return now;
        }
        event(SystemEvent.CLOCK_STEP);
        stepped = now.monotonicNanos();
        long step = Interval.ofSeconds(outcome.stepSeconds());
        offset = 0;
        if (state.updatedNanos() != 0) {
            state = new ServerState(
                    state.leap(),
                    state.stratum(),
                    precision,
                    state.rootDelay(),
                    state.rootDispersion(),
                    state.referenceId(),
                    state.referenceNanos() + step,
                    state.updatedNanos() + step);
        }
        return new Moment(now.clockNanos() + step, now.monotonicNanos());
    }

    /// True for a packet that waited while the clock was stepped: its arrival was stamped by the clock as it was.
    boolean isStampedBeforeStep(Arrival arrival, Moment now) {
        boolean lately = now.monotonicNanos() - stepped < Arrival.LONGEST_WAIT;
        return lately && (arrival.monotonicNanos() <= stepped || arrival.clockNanos() > now.clockNanos());
    }

    private void tellKernel(Moment now, Consumer<TimeAction> out) {
        if (steering == null) {
            return;
        }
        boolean synchronised = state.isSynchronised();
        boolean due = now.monotonicNanos() - kernelTold >= KERNEL_INTERVAL;
        if (synchronised == kernelToldSynchronised && !(synchronised && due)) {
            return;
        }
        kernelTold = now.monotonicNanos();
        kernelToldSynchronised = synchronised;
        double bound = synchronised ? state.rootDispersionAt(now.clockNanos()) + state.rootDelay() / 2 : 16;
        int leap =
                state.leap() == LeapIndicator.UNSYNCHRONISED ? 0 : state.leap().code();
        out.accept(new TimeAction.TellKernel(synchronised, bound, jitter, leap));
    }

    private void event(SystemEvent event) {
        lastEvent = event.code();
        eventCount = Math.min(eventCount + 1, 15);
    }

    ServerState state() {
        return state;
    }

    /// The source that our state rests on; while holding over, the last one.
    Optional<Reading> followed() {
        return Optional.ofNullable(followed);
    }

    OptionalInt systemPeer() {
        return choice.systemPeer();
    }

    /// What the choice made of a source.
    Verdict verdict(int id) {
        Verdict verdict = choice.verdicts().get(id);
        return verdict == null ? new Verdict(SelectionStatus.REJECT, "") : verdict;
    }

    /// Why nobody was chosen, or why the chosen source does not make us synchronised; empty: nothing is wrong.
    String trouble() {
        return choice.systemPeer().isPresent() ? trouble : choice.sentence();
    }

    double offsetSeconds() {
        return offset;
    }

    double jitterSeconds() {
        return jitter;
    }

    Optional<ClockDiscipline> discipline() {
        return Optional.ofNullable(steering).map(Steering::discipline);
    }

    int lastEvent() {
        return lastEvent;
    }

    int eventCount() {
        return eventCount;
    }
}
