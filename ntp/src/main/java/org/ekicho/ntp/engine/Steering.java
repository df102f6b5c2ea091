package org.ekicho.ntp.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import org.ekicho.ntp.boundary.TimeAction;
import org.ekicho.ntp.discipline.ClockAction;
import org.ekicho.ntp.discipline.ClockDiscipline;
import org.ekicho.ntp.estimate.ClockChange;
import org.ekicho.ntp.estimate.Estimate;
import org.ekicho.ntp.settings.DisciplineSettings;
import org.ekicho.wire.Moment;

/// The discipline with what must follow its actions: the shell carries them out, every estimator learns of them. An
/// engine that only observes has none of this.
final class Steering {
    private final ClockDiscipline discipline;
    private boolean started;

    Steering(DisciplineSettings settings, OptionalDouble driftPpm) {
        discipline = new ClockDiscipline(settings, driftPpm);
    }

    /// What the discipline did.
    ///
    /// @param stepSeconds by how much the clock was moved forward at once; 0: not
    /// @param panicked    the offset is beyond the panic limit
    /// @param changes     for the estimators, in order
    record Outcome(double stepSeconds, boolean panicked, List<ClockChange> changes) {}

    /// Timers.
    Outcome advance(Moment now, Consumer<TimeAction> out) {
        List<ClockAction> actions = new ArrayList<>();
        if (!started) {
            started = true;
            discipline.start(now.monotonicNanos(), actions::add);
        }
        if (now.monotonicNanos() >= discipline.nextDeadlineNanos()) {
            discipline.advance(now.monotonicNanos(), actions::add);
        }
        return translate(actions, out);
    }

    /// A new sample of a chosen source came in.
    Outcome update(Estimate combined, Moment now, Consumer<TimeAction> out) {
        List<ClockAction> actions = new ArrayList<>();
        discipline.update(combined, now.monotonicNanos(), actions::add);
        return translate(actions, out);
    }

    private static Outcome translate(List<ClockAction> actions, Consumer<TimeAction> out) {
        double step = 0;
        boolean panicked = false;
        List<ClockChange> changes = new ArrayList<>();
        for (ClockAction action : actions) {
            switch (action) {
                case ClockAction.SetFrequency(double ppm) -> out.accept(new TimeAction.SetFrequency(ppm));
                case ClockAction.Step(double seconds) -> {
                    step += seconds;
                    out.accept(new TimeAction.Step(seconds));
                }
                case ClockAction.Changed(ClockChange change) -> changes.add(change);
                case ClockAction.SaveDrift(double ppm) -> out.accept(new TimeAction.SaveDrift(ppm));
                case ClockAction.Tell(String sentence) ->
                    out.accept(new TimeAction.Report(TimeAction.Severity.INFO, sentence));
                case ClockAction.Panic(double offset, String sentence) -> {
                    panicked = true;
                    out.accept(new TimeAction.Report(TimeAction.Severity.ERROR, sentence));
                }
            }
        }
        return new Outcome(step, panicked, changes);
    }

    long deadlineNanos() {
        return started ? discipline.nextDeadlineNanos() : 0;
    }

    ClockDiscipline discipline() {
        return discipline;
    }

    /// True once the clock follows its sources.
    boolean isFollowing() {
        return discipline.state() == ClockDiscipline.State.FOLLOW;
    }
}
