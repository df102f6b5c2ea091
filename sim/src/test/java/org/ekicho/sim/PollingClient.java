package org.ekicho.sim;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;
import org.ekicho.ntp.discipline.ClockAction;
import org.ekicho.ntp.discipline.ClockDiscipline;
import org.ekicho.ntp.estimate.Sample;
import org.ekicho.ntp.estimate.SourceEstimator;
import org.ekicho.ntp.selection.Candidate;
import org.ekicho.ntp.selection.Choice;
import org.ekicho.ntp.selection.Selector;
import org.ekicho.ntp.settings.DisciplineSettings;
import org.ekicho.ntp.settings.SelectionSettings;

/// Estimators, choice and discipline without packets: asks sources at the interval advised and steers its clock.
final class PollingClient {
    private static final long SECOND = 1_000_000_000L;

    private record Source(int id, SimClock clock, SimLink link, SourceEstimator estimator) {}

    private final SimQueue queue;
    private final RandomGenerator dice;
    private final SimClock clock;
    private final SelectionSettings selection;
    private final ClockDiscipline discipline;
    private final List<Source> sources = new ArrayList<>();
    private OptionalInt peer = OptionalInt.empty();
    final List<String> told = new ArrayList<>();

    PollingClient(
            SimQueue queue,
            SimClock clock,
            RandomGenerator dice,
            SelectionSettings selection,
            DisciplineSettings settings) {
        this.queue = queue;
        this.clock = clock;
        this.dice = dice;
        this.selection = selection;
        discipline = new ClockDiscipline(settings, OptionalDouble.empty());
        discipline.start(clock.monotonicNanos(0), this::act);
    }

    void follow(SimClock server, SimLink link, int minPoll, int maxPoll) {
        Source source = new Source(sources.size() + 1, server, link, new SourceEstimator(minPoll, maxPoll));
        sources.add(source);
        queue.at(queue.now() + SECOND + dice.nextLong(SECOND), () -> ask(source));
    }

    private void ask(Source source) {
        long sent = queue.now();
        long t1 = clock.clockNanos(sent);
        long m1 = clock.monotonicNanos(sent);
        source.link.carry(
                sent,
                SimLink.Direction.UP,
                dice,
                there -> queue.at(there, () -> {
                    long t2 = source.clock.clockNanos(there);
                    source.link.carry(
                            there,
                            SimLink.Direction.DOWN,
                            dice,
                            back -> queue.at(back, () -> {
                                long t4 = clock.clockNanos(back);
                                long m4 = clock.monotonicNanos(back);
                                double offset = ((t2 - t1) + (t2 - t4)) / 2e9;
                                take(source, new Sample((m1 + m4) / 2, offset, Math.max(0, (m4 - m1) / 1e9), 1e-7));
                            }));
                }));
        long interval = (long) ((1L << source.estimator.poll()) * SECOND * (1 + 0.02 * dice.nextDouble()));
        queue.at(sent + interval, () -> ask(source));
    }

    private void take(Source source, Sample sample) {
        source.estimator.add(sample);
        long now = clock.monotonicNanos(queue.now());
        List<Candidate> candidates = new ArrayList<>();
        for (Source s : sources) {
            s.estimator
                    .estimate(now)
                    .ifPresent(e -> candidates.add(new Candidate(
                            s.id,
                            e,
                            e.delaySeconds() / 2 + e.dispersionSeconds(),
                            1,
                            EnumSet.noneOf(Candidate.Trait.class))));
        }
        Choice choice = Selector.choose(candidates, selection, peer);
        peer = choice.systemPeer();
        if (choice.combined().contains(source.id)) {
            choice.estimate().ifPresent(e -> discipline.update(e, now, this::act));
        }
        wake();
    }

    private void act(ClockAction action) {
        switch (action) {
            case ClockAction.SetFrequency f -> clock.setFrequency(f.ppm(), queue.now());
            case ClockAction.Step s -> clock.step(s.seconds(), queue.now());
            case ClockAction.Changed c -> sources.forEach(s -> s.estimator.clockChanged(c.change()));
            case ClockAction.SaveDrift d -> told.add("drift " + d.ppm());
            case ClockAction.Tell t -> told.add(t.sentence());
            case ClockAction.Panic p -> told.add(p.sentence());
        }
    }

    private void wake() {
        queue.at(clock.trueNanosAt(discipline.nextDeadlineNanos(), queue.now()), () -> {
            long now = clock.monotonicNanos(queue.now());
            if (now >= discipline.nextDeadlineNanos()) {
                discipline.advance(now, this::act);
                wake();
            } else if (discipline.nextDeadlineNanos() - now < SECOND) {
                wake();
            }
        });
    }
}
