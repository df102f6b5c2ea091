package org.ekicho.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SteeringTest {
    private static final int SEEDS = 20;

    static List<SteeringScenario> scenarios() {
        SteeringScenario d = SteeringScenario.DEFAULT;
        return List.of(
                d,
                new SteeringScenario(
                        "100 s ahead",
                        10_000,
                        100,
                        1e-4,
                        1e-9,
                        d.link(),
                        new SteeringScenario.Limits(new ClockStatistics.Result(1e-3, 5e-4, 3e-4, 1e-5, 1400), 1400)),
                new SteeringScenario(
                        "100 s behind",
                        10_000,
                        -100,
                        1e-4,
                        1e-9,
                        d.link(),
                        new SteeringScenario.Limits(new ClockStatistics.Result(1e-3, 5e-4, 3e-4, 1e-5, 1400), 1400)),
                new SteeringScenario(
                        "33 % loss",
                        10_000,
                        0.1,
                        1e-4,
                        1e-9,
                        d.link().losing(0.33),
                        new SteeringScenario.Limits(new ClockStatistics.Result(1e-3, 5e-4, 3e-4, 1e-5, 10000), 1000)),
                new SteeringScenario(
                        "large jitter",
                        10_000,
                        1,
                        1e-4,
                        1e-9,
                        SimLink.of(1e-4, 0.1),
                        new SteeringScenario.Limits(new ClockStatistics.Result(0.5, 0.2, 0.1, 5e-3, 10000), 210)),
                new SteeringScenario(
                        "large wander",
                        10_000,
                        0.1,
                        1e-4,
                        1e-7,
                        d.link(),
                        new SteeringScenario.Limits(new ClockStatistics.Result(5e-3, 5e-3, 1e-3, 1e-4, 210), 210)));
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void ends_synchronised_within_the_limits(SteeringScenario scenario) {
        long first = Long.getLong("sim.seed", 1);
        ClockStatistics.Result worst = scenario.run(first);
        for (long seed = first + 1; seed < first + SEEDS; seed++) {
            worst = worst.worst(scenario.run(seed));
        }
        IO.println(scenario.name() + ", seeds " + first + ".." + (first + SEEDS - 1));
        IO.println("  worst " + worst);
        IO.println("  limit " + scenario.limits().worst());
        assertThat(worst.isWithin(scenario.limits().worst())).isTrue();
    }
}
