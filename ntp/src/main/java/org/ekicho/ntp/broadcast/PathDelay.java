package org.ekicho.ntp.broadcast;

/// The round trip to a sender as far as known, smoothed over measurements.
final class PathDelay {
    /// A longer delay than before is believed by this part: it is more often a queue than a new path.
    private static final double CAUTION = 0.25;

    private double roundTrip;
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
        boolean better = !known || roundTripSeconds < roundTrip;
        roundTrip = better ? roundTripSeconds : roundTrip + CAUTION * (roundTripSeconds - roundTrip);
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
