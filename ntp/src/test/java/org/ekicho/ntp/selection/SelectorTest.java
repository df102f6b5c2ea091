package org.ekicho.ntp.selection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SplittableRandom;
import org.ekicho.ntp.estimate.Estimate;
import org.ekicho.ntp.selection.Candidate.Trait;
import org.ekicho.ntp.settings.SelectionSettings;
import org.ekicho.ntp.view.SelectionStatus;
import org.junit.jupiter.api.Test;

class SelectorTest {
    private static Candidate source(int id, double offset, Trait... traits) {
        return source(id, offset, 0.01, 2, traits);
    }

    private static Candidate source(int id, double offset, double distance, int stratum, Trait... traits) {
        Estimate estimate = new Estimate(0, offset, 1e-5, 0.5, 0.1, 1e-4, 0.001, 0.001, 8);
        return new Candidate(id, estimate, distance, stratum, Set.of(traits));
    }

    private static Choice choose(Candidate... candidates) {
        return Selector.choose(List.of(candidates), SelectionSettings.CLASSIC, OptionalInt.empty());
    }

    private static SelectionStatus status(Choice choice, int id) {
        return choice.verdict(id).orElseThrow().status();
    }

    @Test
    void chooses_nobody_from_nobody() {
        assertThat(choose().systemPeer()).isEmpty();
        assertThat(choose().estimate()).isEmpty();
    }

    @Test
    void follows_the_only_source() {
        Choice choice = choose(source(1, 0.5));
        assertThat(choice.systemPeer()).hasValue(1);
        assertThat(status(choice, 1)).isEqualTo(SelectionStatus.SYS_PEER);
        assertThat(choice.estimate().orElseThrow().offsetSeconds()).isEqualTo(0.5);
    }

    @Test
    void names_a_falseticker_and_how_far_it_is_from_the_majority() {
        Choice choice = choose(source(1, 0.001), source(2, -0.001), source(3, 1.0));
        assertThat(status(choice, 3)).isEqualTo(SelectionStatus.FALSETICK);
        assertThat(choice.verdict(3).orElseThrow().sentence())
                .isEqualTo("falseticker: 1.000 s from the majority of 2 sources");
        assertThat(choice.combined()).containsExactlyInAnyOrder(1, 2);
        assertThat(choice.estimate().orElseThrow().offsetSeconds()).isCloseTo(0, within(1e-9));
    }

    @Test
    void two_sources_that_disagree_are_both_refused() {
        Choice choice = choose(source(1, 0), source(2, 1));
        assertThat(choice.systemPeer()).isEmpty();
        assertThat(choice.sentence()).isEqualTo("no majority: 2 sources, of which 1 agree at most");
        assertThat(status(choice, 1)).isEqualTo(SelectionStatus.FALSETICK);
    }

    @Test
    void a_minority_never_wins() {
        Choice choice = choose(source(1, 0), source(2, 0), source(3, 1), source(4, 2), source(5, 3));
        assertThat(choice.systemPeer()).isEmpty();
    }

    @Test
    void a_true_source_is_never_a_falseticker() {
        Choice choice = choose(source(1, 0), source(2, 1, Trait.TRUE_CHIMER));
        assertThat(choice.systemPeer()).hasValue(2);
        assertThat(status(choice, 1)).isEqualTo(SelectionStatus.FALSETICK);
    }

    @Test
    void the_preferred_one_is_followed_alone_when_it_is_good() {
        Choice choice = choose(source(1, 0), source(2, 0.002, Trait.PREFER), source(3, 0.001));
        assertThat(choice.systemPeer()).hasValue(2);
        assertThat(choice.combined()).containsExactly(2);
        assertThat(choose(source(1, 0), source(2, 5, Trait.PREFER), source(3, 0.001))
                        .systemPeer())
                .hasValue(1);
    }

    @Test
    void noselect_strata_and_distances_are_refused_in_words() {
        Choice choice = choose(
                source(1, 0, Trait.NO_SELECT),
                source(2, 0, 0.01, 16),
                source(3, 0, 1.6, 2),
                source(4, 0, Double.NaN, 2));
        assertThat(choice.systemPeer()).isEmpty();
        assertThat(choice.verdict(1).orElseThrow().sentence()).startsWith("noselect");
        assertThat(choice.verdict(2).orElseThrow().sentence()).isEqualTo("its stratum 16 is not within 0..15");
        assertThat(choice.verdict(3).orElseThrow().sentence())
                .isEqualTo("its error bound of 1.600 s is not below the limit of 1.500 s (tos maxdist)");
        assertThat(status(choice, 4)).isEqualTo(SelectionStatus.REJECT);
    }

    @Test
    void our_own_clock_is_the_last_resort() {
        Candidate own = source(9, 0, 0, 10, Trait.LAST_RESORT);
        assertThat(choose(source(1, 3), own).systemPeer()).hasValue(1);
        assertThat(choose(own).systemPeer()).hasValue(9);
        assertThat(choose(source(1, 0), source(2, 1), own).systemPeer()).hasValue(9);
    }

    @Test
    void fewer_than_minsane_are_not_believed() {
        SelectionSettings two = new SelectionSettings(3, 10, 2, 0, 16, 0.001, 1.5, 16, Duration.ofMinutes(5));
        Choice choice = Selector.choose(List.of(source(1, 0)), two, OptionalInt.empty());
        assertThat(choice.systemPeer()).isEmpty();
        assertThat(choice.sentence()).contains("minsane");
    }

    @Test
    void keeps_its_system_peer_while_another_is_hardly_better() {
        List<Candidate> equals = List.of(source(1, 0, 0.010, 2), source(2, 0.0001, 0.011, 2));
        assertThat(Selector.choose(equals, SelectionSettings.CLASSIC, OptionalInt.of(2))
                        .systemPeer())
                .hasValue(2);
        assertThat(Selector.choose(equals, SelectionSettings.CLASSIC, OptionalInt.empty())
                        .systemPeer())
                .hasValue(1);
        List<Candidate> better = List.of(source(1, 0, 0.010, 1), source(2, 0.0001, 0.011, 2));
        assertThat(Selector.choose(better, SelectionSettings.CLASSIC, OptionalInt.of(2))
                        .systemPeer())
                .hasValue(1);
    }

    @Test
    void casts_out_the_one_that_scatters_most_down_to_minclock() {
        Choice choice = choose(
                source(1, 0, 0.02, 2),
                source(2, 0.0001, 0.02, 2),
                source(3, -0.0001, 0.02, 2),
                source(4, 0.015, 0.02, 2));
        assertThat(status(choice, 4)).isEqualTo(SelectionStatus.OUTLIER);
        assertThat(choice.combined()).hasSize(3);
    }

    @Test
    void nearer_sources_weigh_more() {
        Choice choice = choose(source(1, 0, 0.010, 2), source(2, 0.010, 0.090, 2));
        assertThat(choice.estimate().orElseThrow().offsetSeconds()).isCloseTo(0.001, within(1e-9));
    }

    /// Whatever comes, each candidate has a verdict, and nobody is chosen against a majority.
    @Test
    void the_chosen_ones_agree_with_more_than_half() {
        SplittableRandom dice = new SplittableRandom(3);
        for (int round = 0; round < 5000; round++) {
            List<Candidate> candidates = new ArrayList<>();
            int count = dice.nextInt(1, 9);
            for (int i = 0; i < count; i++) {
                candidates.add(source(i + 1, dice.nextInt(-3, 4) * 0.02, 0.001 + dice.nextDouble() * 0.05, 2));
            }
            Choice choice = Selector.choose(candidates, SelectionSettings.CLASSIC, OptionalInt.empty());
            assertThat(choice.verdicts()).hasSize(count);
            choice.systemPeer().ifPresent(id -> {
                long agree = candidates.stream()
                        .filter(c -> status(choice, c.id()) != SelectionStatus.FALSETICK)
                        .count();
                assertThat(2 * agree).isGreaterThan(count);
                assertThat(choice.combined()).startsWith(id);
                assertThat(EnumSet.of(SelectionStatus.SYS_PEER)).contains(status(choice, id));
            });
        }
    }
}
