package org.ekicho.ntp.broadcast;

import java.util.random.RandomGenerator;
import org.ekicho.ntp.NtpReason;
import org.ekicho.ntp.association.Interval;
import org.ekicho.ntp.settings.ReceiverSettings;
import org.jspecify.annotations.Nullable;

/// When the way to a sender is measured, and what came of it: a volley at first, at a random time so that receivers
/// switched on together do not ask in the same second, and some requests now and then later.
final class DelayMeasurement {
    /// Unanswered volleys are repeated ever more rarely, down to once in 1024 s (17 minutes).
    private static final int SLOWEST_RETRY = 10;

    private final ReceiverSettings settings;
    private final RandomGenerator dice;
    private final PathDelay delay = new PathDelay();
    private @Nullable Volley volley;
    private int unanswered;
    private NtpReason failure = NtpReason.VOLLEY_UNANSWERED;
    private long next = Interval.NEVER;

    /// @param poll           log2 seconds of the sender's interval
    /// @param monotonicNanos now
    DelayMeasurement(ReceiverSettings settings, int poll, RandomGenerator dice, long monotonicNanos) {
        this.settings = settings;
        this.dice = dice;
        if (settings.volley()) {
            long spread = Math.min(settings.startSpread().toNanos(), Interval.ofPoll(poll));
            next = monotonicNanos + Interval.between(0, spread, dice);
        } else {
            delay.assume(settings.fixedDelay().toNanos() * 1e-9);
        }
    }

    /// What is to be done when a timer rings.
    enum Step {
        NOTHING,
        /// Send a request.
        ASK,
        /// A volley ended without an answer.
        UNANSWERED,
        /// A volley ended: the delay is known anew.
        MEASURED
    }

    PathDelay delay() {
        return delay;
    }

    boolean isKnown() {
        return delay.isKnown();
    }

    /// Volleys in a row that nobody answered.
    int unanswered() {
        return unanswered;
    }

    /// Why the last volley brought nothing.
    NtpReason failure() {
        return failure;
    }

    Step advance(long now, int poll) {
        if (volley == null && now >= next) {
            volley = delay.isKnown() ? Volley.later(now) : Volley.first(now);
            failure = NtpReason.VOLLEY_UNANSWERED;
            next = Interval.NEVER;
        }
        if (volley == null || now < volley.next()) {
            return Step.NOTHING;
        }
        if (volley.isOver(now)) {
            return conclude(volley, now, poll);
        }
        volley.asked(now);
        return Step.ASK;
    }

    /// A request was answered.
    Step answered(double roundTripSeconds, long now, int poll) {
        if (volley == null) {
            return Step.NOTHING;
        }
        volley.answered(roundTripSeconds);
        return volley.isOver(now) ? conclude(volley, now, poll) : Step.NOTHING;
    }

    /// A request was answered by something that is no use.
    void failed(NtpReason reason) {
        failure = reason;
        boolean kiss = reason == NtpReason.KISS_RATE || reason == NtpReason.KISS_DENY;
        if (volley != null && kiss) {
            volley.stop();
        }
    }

    private Step conclude(Volley over, long now, int poll) {
        volley = null;
        if (over.answers() == 0) {
            unanswered++;
            next = now + jittered(Interval.ofPoll(Math.min(poll + unanswered, Math.max(poll, SLOWEST_RETRY))));
            return Step.UNANSWERED;
        }
        unanswered = 0;
        delay.measured(over.leastDelay(), now);
        next = settings.remeasure().isZero()
                ? Interval.NEVER
                : now + jittered(settings.remeasure().toNanos());
        return Step.MEASURED;
    }

    /// Up to a quarter less or more.
    private long jittered(long span) {
        return Interval.between(span - span / 4, span + span / 4, dice);
    }

    /// Something does not fit: measure within half an interval.
    void soon(long now, int poll) {
        if (settings.volley() && volley == null && unanswered == 0 && delay.isKnown()) {
            next = Math.min(next, now + Interval.between(0, Interval.ofPoll(poll) / 2, dice));
        }
    }

    long deadlineNanos() {
        return volley == null ? next : volley.next();
    }

    /// Where it stands, for people.
    String sentence(long now) {
        if (delay.isKnown()) {
            return delay.sentence(now);
        }
        if (volley != null) {
            return "measuring the delay: " + volley.answers() + " of " + volley.requests() + " requests answered";
        }
        String in = Math.round(Interval.toSeconds(Math.max(0, next - now))) + " s";
        return unanswered == 0 ? "heard; measures the delay in " + in : failure.sentence() + "; asks again in " + in;
    }
}
