package org.ekicho.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.LongFunction;
import java.util.stream.IntStream;
import org.ekicho.ntp.view.AssociationView;
import org.ekicho.ntp.view.SelectionStatus;
import org.ekicho.ntp.view.TimeView;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// chrony's scenarios with chrony's limits, over twenty seeds each; `-Dsim.seed=N` begins with another seed.
class SteeringTest {
    private static final int SEEDS = 20;
    private static final long FIRST_SEED = Long.getLong("sim.seed", 1);

    static List<SteeringScenario> scenarios() {
        SteeringScenario usual = SteeringScenario.DEFAULT;
        SimLink link = usual.link();
        return List.of(
                usual,
                usual.named("100 s ahead", 100, link, 1400),
                usual.named("100 s behind", -100, link, 1400),
                usual.named("a third of the packets lost", 0.1, link.losing(0.33), 1000),
                usual.named("0.5 % fast", -0.65, link, 1000).running(5e-3),
                usual.named("0.5 % slow", 0.65, link, 1000).running(-5e-3),
                usual.named("large jitter", 1, SimLink.of(1e-4, 0.1), 210)
                        .within(new ClockStatistics.Result(0.5, 0.2, 0.1, 5e-3, 10_000)),
                usual.named("large wander", 0.1, link, 210)
                        .wandering(1e-7, new ClockStatistics.Result(5e-3, 5e-3, 1e-3, 1e-4, 210)));
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void ends_synchronised_within_the_limits(SteeringScenario scenario) {
        assertWithinLimits(scenario, scenario::run);
    }

    static List<SteeringScenario> multicastScenarios() {
        SteeringScenario usual = SteeringScenario.DEFAULT;
        SimLink link = usual.link();
        return List.of(
                usual.named("multicast", 0.1, link, 300),
                usual.named("multicast, 100 s ahead", 100, link, 300),
                usual.named("multicast, a third of the packets lost", 0.1, link.losing(0.33), 1000));
    }

    /// No peer has such a test: a receiver of multicasts on the network of chrony's tests, with their limits.
    @ParameterizedTest
    @MethodSource("multicastScenarios")
    void follows_multicasts_within_the_limits(SteeringScenario scenario) {
        assertWithinLimits(scenario, scenario::runByMulticast);
    }

    private static void assertWithinLimits(SteeringScenario scenario, LongFunction<SteeringScenario.Outcome> run) {
        ClockStatistics.Result worst = run.apply(FIRST_SEED).statistics();
        for (long seed = FIRST_SEED + 1; seed < FIRST_SEED + SEEDS; seed++) {
            worst = worst.worst(run.apply(seed).statistics());
        }
        IO.println(scenario.name() + ", worst of seeds " + FIRST_SEED + ".." + (FIRST_SEED + SEEDS - 1));
        IO.println("  seen:  " + worst);
        IO.println("  limit: " + scenario.limit());
        assertThat(worst.isWithin(scenario.limit()))
                .as("%s is within %s", worst, scenario.limit())
                .isTrue();
    }

    private static SteeringScenario withFalsetickers(int count) {
        List<Double> ahead = IntStream.range(0, 5)
                .mapToObj(i -> Math.max(0.0, i + 1 - (5 - count)))
                .toList();
        return SteeringScenario.DEFAULT
                .named(count + " of 5 servers lie", 0.1, SimLink.of(1e-3, 1e-4), 210)
                .withServers(ahead);
    }

    private static List<AssociationView> falsetickers(TimeView view) {
        return view.associations().stream()
                .filter(a -> a.selection() == SelectionStatus.FALSETICK)
                .toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void a_minority_of_falsetickers_is_named_and_not_followed(int count) {
        SteeringScenario scenario = withFalsetickers(count);
        for (long seed = FIRST_SEED; seed < FIRST_SEED + 3; seed++) {
            SteeringScenario.Outcome outcome = scenario.run(seed);
            assertThat(outcome.statistics().isWithin(scenario.limit()))
                    .as("seed %d: %s", seed, outcome.statistics())
                    .isTrue();
            assertThat(falsetickers(outcome.client().view()))
                    .hasSize(count)
                    .allSatisfy(a -> assertThat(a.selectionReason())
                            .startsWith("falseticker: ")
                            .endsWith(" s from the majority of " + (5 - count) + " sources"));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4})
    void without_a_majority_nobody_is_followed_and_it_is_said_why(int count) {
        SteeringScenario.Outcome outcome = withFalsetickers(count).run(FIRST_SEED);
        TimeView view = outcome.client().view();
        assertThat(view.systemPeer()).isZero();
        assertThat(view.state().isSynchronised()).isFalse();
        assertThat(falsetickers(view)).hasSize(5);
        assertThat(view.sentence()).contains("no majority: 5 sources, of which " + (5 - count) + " agree at most");
    }

    @Test
    void the_same_seed_gives_the_same_run() {
        SteeringScenario scenario = SteeringScenario.DEFAULT;
        assertThat(scenario.run(5).statistics()).isEqualTo(scenario.run(5).statistics());
        assertThat(scenario.run(5).statistics()).isNotEqualTo(scenario.run(6).statistics());
    }
}
