package org.ekicho.web.server;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Says in the log that an answer failed by no fault of the client: a line a minute at most for each kind, since a
/// broken disk fails every request.
final class FailureLog {
    private static final Logger LOG = LoggerFactory.getLogger(FailureLog.class);
    static final long PAUSE_NANOS = 60_000_000_000L;

    private final Pace unreadable = new Pace();
    private final Pace mistakes = new Pace();

    /// How often one kind of line is written.
    static final class Pace {
        private boolean begun;
        private long saidAt;
        private long unsaid;

        /// How many were not said before this one; -1: do not say this one either.
        synchronized long take(long nowNanos) {
            if (begun && nowNanos - saidAt < PAUSE_NANOS) {
                unsaid++;
                return -1;
            }
            long before = unsaid;
            begun = true;
            saidAt = nowNanos;
            unsaid = 0;
            return before;
        }
    }

    /// The disk or the system refused.
    void unreadable(String target, Throwable why) {
        long before = unreadable.take(System.nanoTime());
        if (before >= 0) {
            LOG.error(
                    "cannot read what {} asks for: {}; answered with 503{}; look at the disk and at the rights of the"
                            + " mirror's folder",
                    target,
                    why,
                    more(before));
        }
    }

    /// We did something wrong.
    void mistake(String target, Throwable why) {
        long before = mistakes.take(System.nanoTime());
        if (before >= 0) {
            LOG.error("cannot answer {}, answered with 500{}", target, more(before), why);
        }
    }

    private static String more(long before) {
        return before == 0 ? "" : ", as " + before + " others since the last such line";
    }
}
