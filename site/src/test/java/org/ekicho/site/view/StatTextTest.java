package org.ekicho.site.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ekicho.site.view.SampleViews.NOW;
import static org.ekicho.site.view.SampleViews.SECOND;

import org.junit.jupiter.api.Test;

class StatTextTest {
    @Test
    void prints_the_three_lines_of_ntpstat_and_ends_with_0_when_synchronised() {
        StatText stat = StatText.of(SampleViews.following(NOW), NOW);
        assertThat(stat.text()).isEqualTo("""
                synchronised to NTP server (192.168.55.1) at stratum 12
                   time correct to within 32 ms
                   polling server every 16 s
                """);
        assertThat(stat.exitCode()).isZero();
    }

    @Test
    void the_error_bound_grows_while_nothing_is_heard() {
        assertThat(StatText.of(SampleViews.following(NOW), NOW + 10_000 * SECOND)
                        .text())
                .contains("within 182 ms");
    }

    @Test
    void says_why_and_ends_with_1_when_not_synchronised() {
        StatText stat = StatText.of(SampleViews.unsynchronised(NOW), NOW);
        assertThat(stat.text()).isEqualTo("""
                unsynchronised
                   ntp2.lan: the MAC does not match: the secret for this key id differs between
                   the two machines
                   polling server every 64 s
                """);
        assertThat(stat.exitCode()).isEqualTo(1);
    }

    @Test
    void names_the_local_clock_as_ntpstat_does() {
        assertThat(StatText.of(SampleViews.onLocalClock(NOW), NOW).text())
                .startsWith("synchronised to local net at stratum 11\n");
    }
}
