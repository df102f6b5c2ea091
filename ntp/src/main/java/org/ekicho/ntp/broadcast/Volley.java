package org.ekicho.ntp.broadcast;

import org.ekicho.ntp.association.Interval;

/// Some requests in a row that measure the round trip to a sender of broadcasts.
final class Volley {
    /// Two seconds between requests, as classic ntpd does it: the least that a classic `discard minimum` lets pass.
    static final long SPACING = Interval.ofSeconds(2);
    /// The first volley ends after so many requests, or so many answers.
    private static final int FIRST_REQUESTS = 6;

    private static final int FIRST_ANSWERS = 4;
    /// A later one looks only whether the delay is still the same.
    private static final int LATER = 2;

    private final int mostRequests;
    private final int enoughAnswers;
    private long next;
    private int requests;
    private int answers;
    private double leastDelay = Double.MAX_VALUE;

    private Volley(int mostRequests, int enoughAnswers, long start) {
        this.mostRequests = mostRequests;
        this.enoughAnswers = enoughAnswers;
        this.next = start;
    }

    static Volley first(long start) {
        return new Volley(FIRST_REQUESTS, FIRST_ANSWERS, start);
    }

    static Volley later(long start) {
        return new Volley(LATER, LATER, start);
    }

    /// When the next request leaves or, after the last one, when waiting for its answer ends.
    long next() {
        return next;
    }

    /// True when nothing more is to be expected, or to be waited for.
    boolean isOver(long monotonicNanos) {
        return answers >= enoughAnswers
                || (requests == mostRequests && (answers == requests || monotonicNanos >= next));
    }

    void asked(long monotonicNanos) {
        requests++;
        next = monotonicNanos + SPACING;
    }

    void answered(double delaySeconds) {
        answers++;
        leastDelay = Math.min(leastDelay, delaySeconds);
    }

    /// The server wants no more: this volley ends with what it has.
    void stop() {
        requests = mostRequests;
        next = 0;
    }

    int requests() {
        return requests;
    }

    int answers() {
        return answers;
    }

    /// The best round trip in seconds; only after an answer.
    double leastDelay() {
        return leastDelay;
    }
}
