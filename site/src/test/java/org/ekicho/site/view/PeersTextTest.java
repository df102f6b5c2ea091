package org.ekicho.site.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ekicho.site.view.SampleViews.NOW;
import static org.ekicho.site.view.SampleViews.SECOND;

import org.junit.jupiter.api.Test;

class PeersTextTest {
    /// What ntpq 4.2.8p15 printed for the same associations (`ntpq -n -c peers`).
    @Test
    void prints_what_ntpq_prints() {
        assertThat(PeersText.format(SampleViews.following(NOW), NOW)).isEqualTo("""
                     remote           refid      st t when poll reach   delay   offset  jitter
                ==============================================================================
                 LOCAL(0)        .LOCL.          10 l   12   64  377    0.000   +0.000   0.000
                *192.168.55.1    LOCAL(0)        11 b    9   16   77    0.412   +0.022   0.008
                 ntp2.lan        .INIT.          16 u    -   64    0    0.000   +0.000   0.000
                 224.0.1.1       .MCST.          16 M    -   64    0    0.000   +0.000   0.000
                """);
    }

    @Test
    void gives_a_long_address_a_line_of_its_own() {
        assertThat(PeersText.format(SampleViews.longAddress(NOW), NOW)).isEqualTo("""
                     remote           refid      st t when poll reach   delay   offset  jitter
                ==============================================================================
                *2001:db8:1234:5678:9abc:def0:1234:5678
                                 192.168.55.1    12 u    9   16   77    0.412 -1234568   0.008
                """);
    }

    @Test
    void says_so_when_there_is_nothing() {
        assertThat(PeersText.format(SampleViews.empty(NOW), NOW))
                .isEqualTo("No associations: what was heard was refused. \"ekicho time assoc\" says why.\n");
    }

    @Test
    void intervals_and_milliseconds_keep_to_their_columns() {
        assertThat(Columns.interval(0)).isEqualTo("-");
        assertThat(Columns.interval(2048)).isEqualTo("2048");
        assertThat(Columns.interval(2049)).isEqualTo("34m");
        assertThat(Columns.interval(5 * 3600)).isEqualTo("300m");
        assertThat(Columns.interval(7 * 86_400)).isEqualTo("7d");
        assertThat(Columns.interval(Integer.MAX_VALUE)).isEqualTo("999d");
        assertThat(Columns.since(NOW - SECOND / 2, NOW)).isEqualTo("1");
        assertThat(Columns.poll(-2)).isEqualTo("1/4");
        assertThat(Columns.millis(16, 7)).isEqualTo("16000.0");
        assertThat(Columns.millis(-1234.5678, 7)).isEqualTo("-1235s");
        assertThat(Columns.signedMillis(1e9, 8)).isEqualTo("+11574d");
        assertThat(Columns.signedMillis(0.000_5, 8)).isEqualTo("+0.500");
    }
}
