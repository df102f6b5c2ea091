package org.ekicho.sim;

import java.util.SplittableRandom;
import org.ekicho.ntp.settings.DisciplineSettings;
import org.ekicho.ntp.settings.SelectionSettings;

/// One of chrony's simulated tests: a client and a perfect server, 10,000 seconds.
record SteeringScenario(
        String name, int length, double offset, double frequency, double wander, SimLink link, Limits limits) {
    record Limits(ClockStatistics.Result worst, int countedFrom) {}

    static final SteeringScenario DEFAULT = new SteeringScenario(
            "defaults",
            10_000,
            0.1,
            1e-4,
            1e-9,
            SimLink.of(1e-4, 1e-4),
            new Limits(new ClockStatistics.Result(1e-3, 5e-4, 3e-4, 1e-5, 210), 210));

    ClockStatistics.Result run(long seed) {
        SplittableRandom dice = new SplittableRandom(seed);
        SimQueue queue = new SimQueue();
        SimClock clock = new SimClock(offset, frequency, wander, dice.split());
        PollingClient client =
                new PollingClient(queue, clock, dice.split(), SelectionSettings.CLASSIC, DisciplineSettings.DEFAULT);
        client.follow(SimClock.perfect(dice.split()), link, 6, 10);
        ClockStatistics statistics = new ClockStatistics(limits.worst.offsetMax(), limits.worst.rateMax());
        for (int second = 1; second <= length; second++) {
            queue.runUntil(second * 1_000_000_000L);
            statistics.sample(
                    second,
                    clock.offsetSeconds(queue.now()),
                    clock.rateError(),
                    second >= limits.countedFrom ? ClockStatistics.Counted.YES : ClockStatistics.Counted.NO);
        }
        return statistics.result();
    }
}
