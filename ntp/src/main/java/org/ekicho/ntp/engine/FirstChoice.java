package org.ekicho.ntp.engine;

import org.ekicho.ntp.association.Interval;

/// Holds the first choice back until every source was heard: at start a clock may be stepped by whoever is believed,
/// and the first to answer need not be one of the majority.
final class FirstChoice {
    /// All are asked within the first second; who has not answered after this will not soon.
    private static final long PATIENCE = Interval.ofSeconds(4);

    private long endsNanos = Interval.NEVER;
    private boolean made;

    /// Who was heard and falls silent again before the choice ends the wait: it begins anew with the next to answer.
    ///
    /// @param sources how many there are
    /// @param heard   how many of them say something
    boolean mustWait(int sources, int heard, long monotonicNanos) {
        if (made) {
            return false;
        }
        if (heard == 0) {
            endsNanos = Interval.NEVER;
            return false;
        }
        if (endsNanos == Interval.NEVER) {
            endsNanos = monotonicNanos + PATIENCE;
        }
        made = heard >= sources || monotonicNanos >= endsNanos;
        return !made;
    }

    /// When waiting ends; [Interval#NEVER]: nobody waits.
    long endsNanos() {
        return made ? Interval.NEVER : endsNanos;
    }
}
