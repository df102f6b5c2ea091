package org.ekicho.ntp.broadcast;

import java.util.Locale;
import org.ekicho.ntp.association.Interval;

/// The round trip to a sender as far as known. A shorter one than before is believed at once, a longer one when the
/// next measurement says so too: once, it is more often a queue than a new path, and it would shift our clock.
final class PathDelay {
    private double roundTrip;
    /// A longer one that was measured last; 0: none.
    private double longer;

    private boolean known;
    private boolean assumed;
    private long measuredAt;

    /// Takes a one-way delay as given.
    void assume(double oneWaySeconds) {
        roundTrip = 2 * oneWaySeconds;
        known = true;
        assumed = true;
    }

    void measured(double roundTripSeconds, long monotonicNanos) {
        if (!known || roundTripSeconds <= roundTrip) {
            roundTrip = roundTripSeconds;
            longer = 0;
        } else if (longer == 0) {
            longer = roundTripSeconds;
        } else {
            roundTrip = Math.min(longer, roundTripSeconds);
            longer = 0;
        }
        known = true;
        measuredAt = monotonicNanos;
    }

    boolean isKnown() {
        return known;
    }

    double roundTripSeconds() {
        return roundTrip;
    }

    double oneWaySeconds() {
        return roundTrip / 2;
    }

    /// `delay of 0.241 ms measured 34 s ago`.
    String sentence(long now) {
        String how = assumed ? "assumed" : "measured " + Math.round(Interval.toSeconds(now - measuredAt)) + " s ago";
        return String.format(Locale.ROOT, "delay of %.3f ms %s", roundTrip * 1e3, how);
    }
}
