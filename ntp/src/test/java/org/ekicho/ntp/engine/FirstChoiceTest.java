package org.ekicho.ntp.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.ekicho.ntp.association.Interval;
import org.junit.jupiter.api.Test;

class FirstChoiceTest {
    private final FirstChoice choice = new FirstChoice();

    @Test
    void waits_four_seconds_for_the_sources_not_heard_yet() {
        assertThat(choice.mustWait(2, 0, 0)).isFalse();
        assertThat(choice.endsNanos()).isEqualTo(Interval.NEVER);
        assertThat(choice.mustWait(2, 1, 10)).isTrue();
        assertThat(choice.endsNanos()).isEqualTo(10 + Interval.ofSeconds(4));
        assertThat(choice.mustWait(2, 1, 10 + Interval.ofSeconds(4))).isFalse();
        assertThat(choice.endsNanos()).isEqualTo(Interval.NEVER);
    }

    @Test
    void ends_when_all_are_heard_and_never_waits_again() {
        assertThat(choice.mustWait(2, 1, 0)).isTrue();
        assertThat(choice.mustWait(2, 2, 1)).isFalse();
        assertThat(choice.mustWait(2, 1, 2)).isFalse();
    }

    @Test
    void rings_no_more_when_the_only_one_heard_falls_silent() {
        assertThat(choice.mustWait(2, 1, 0)).isTrue();
        assertThat(choice.mustWait(2, 0, 1)).isFalse();
        assertThat(choice.endsNanos()).isEqualTo(Interval.NEVER);
        assertThat(choice.mustWait(2, 1, 100)).isTrue();
        assertThat(choice.endsNanos()).isEqualTo(100 + Interval.ofSeconds(4));
    }
}
