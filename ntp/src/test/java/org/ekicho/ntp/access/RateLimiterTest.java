package org.ekicho.ntp.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ekicho.ntp.access.RateLimiter.Verdict.DROP;
import static org.ekicho.ntp.access.RateLimiter.Verdict.PASS;
import static org.ekicho.ntp.access.RateLimiter.Verdict.TELL;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RateLimiterTest {
    private static final long SECOND = 1_000_000_000L;

    private final RateLimiter classic = new RateLimiter(3, Duration.ofSeconds(2));
    private final ClientTable clients = new ClientTable(1);

    @Test
    void a_volley_of_six_at_two_seconds_passes_again_and_again() {
        long now = 0;
        for (int volley = 0; volley < 50; volley++) {
            for (int i = 0; i < 6; i++) {
                assertThat(ask(now)).isEqualTo(PASS);
                now += 2 * SECOND;
            }
            now += 52 * SECOND;
        }
    }

    @Test
    void a_client_at_the_average_interval_is_never_limited_even_with_jitter() {
        for (int i = 0; i < 1000; i++) {
            assertThat(ask(i * 8L * SECOND + (i % 3) * SECOND / 10)).isEqualTo(PASS);
        }
    }

    @Test
    void two_packets_within_half_a_second_are_one_too_many() {
        assertThat(ask(0)).isEqualTo(PASS);
        assertThat(ask(SECOND / 3)).isEqualTo(TELL);
    }

    @Test
    void a_client_that_asks_every_second_is_told_once_in_eight_seconds_at_most() {
        int passed = 0;
        int told = 0;
        for (int i = 0; i < 1000; i++) {
            switch (ask(i * SECOND)) {
                case PASS -> passed++;
                case TELL -> told++;
                case DROP -> {}
            }
        }
        assertThat(passed).isBetween(5, 200);
        assertThat(told).isBetween(50, 125);
    }

    @Test
    void addresses_do_not_share_their_buckets() {
        for (int i = 0; i < 1000; i++) {
            int row = clients.touch(0, i, 0);
            assertThat(classic.judge(clients, row, i)).isEqualTo(PASS);
        }
    }

    private RateLimiter.Verdict ask(long now) {
        return classic.judge(clients, clients.touch(0, 1, now), now);
    }
}
