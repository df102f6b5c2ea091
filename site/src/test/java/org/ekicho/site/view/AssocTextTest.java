package org.ekicho.site.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ekicho.site.view.SampleViews.NOW;

import org.junit.jupiter.api.Test;

class AssocTextTest {
    @Test
    void prints_the_rows_of_ntpq_and_below_each_what_it_is_and_why() {
        assertThat(AssocText.format(SampleViews.following(NOW), NOW)).isEqualTo("""
                ind assid status  conf reach auth condition  last_event cnt
                ===========================================================
                  1     1  9014   yes   yes  none    reject   reachable  1
                     LOCAL(0), this clock, not steered
                       kept in reserve
                       kept back while another source can be followed
                  2     2  763a    no   yes   ok   sys.peer    sys_peer  3
                     192.168.55.1, broadcast or multicast on eth0, key 10
                       following; delay measured 34 s ago
                  3     3  c01c   yes    no   bad    reject    bad_auth  1
                     ntp2.lan (fd00::5:1), unicast on eth0, key 11
                       its packets are refused
                       no authentic packet so far
                       refused 7 packets: the MAC does not match: the secret for this key id
                       differs between the two machines (also 2 timed-out)
                  4     4  c811   yes  none   yes    reject    mobilize  1
                     224.0.1.1, our own stream on eth1, key 10
                       sent 12 s ago

                Refused, without an association:
                     192.168.55.7 to 224.0.1.1, key 11, 14 packets, last 3 s ago:
                       the MAC does not match: the secret for this key id differs between the
                       two machines
                     fd00::1:2:3:4 to ff05::101, 1 packet, last 67m ago:
                       no MAC, but one was required
                """);
    }

    @Test
    void names_who_is_refused_even_without_any_association() {
        assertThat(AssocText.format(SampleViews.empty(NOW), NOW))
                .startsWith("No associations.\n\nRefused, without an association:\n")
                .contains("192.168.55.7", "the MAC does not match");
    }

    @Test
    void no_line_is_wider_than_a_terminal() {
        for (var view : SampleViews.all(NOW)) {
            assertThat(AssocText.format(view, NOW).lines()).allMatch(line -> line.length() <= 80);
            assertThat(PeersText.format(view, NOW).lines()).allMatch(line -> line.length() <= 80);
            assertThat(StatText.of(view, NOW).text().lines()).allMatch(line -> line.length() <= 80);
        }
    }
}
