package org.ekicho.ntp.broadcast;

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

    boolean isAssumed() {
        return assumed;
    }

    double roundTripSeconds() {
        return roundTrip;
    }

    double oneWaySeconds() {
        return roundTrip / 2;
    }

    long measuredAt() {
        return measuredAt;
    }
}
