package org.ekicho.sim;

import java.util.List;
import java.util.function.LongConsumer;
import java.util.random.RandomGenerator;

/// A way between two nodes. Each packet's delay is `base` plus `jitter` times an exponential variate of mean 1.
///
/// @param base       seconds
/// @param jitter     seconds
/// @param asymmetry  share of the delay that is moved from the way up (to the lower node number's peer) to the way
///                   down, -0.5..0.5: up takes 1 - 2a, down 1 + 2a
/// @param loss       share of packets lost, 0..1
/// @param duplicates share of packets that arrive twice, 0..1
/// @param reordered  share of packets held back by `holdBack`, 0..1
/// @param holdBack   seconds
/// @param outages    when nothing passes
public record SimLink(
        double base,
        double jitter,
        double asymmetry,
        double loss,
        double duplicates,
        double reordered,
        double holdBack,
        List<Outage> outages) {
    /// Nothing passes from `fromNanos` until before `untilNanos` of true time.
    public record Outage(long fromNanos, long untilNanos) {}

    /// Which way a packet goes.
    public enum Direction {
        UP,
        DOWN
    }

    public SimLink {
        outages = List.copyOf(outages);
    }

    /// A way that does nothing but delay.
    public static SimLink of(double base, double jitter) {
        return new SimLink(base, jitter, 0, 0, 0, 0, 0, List.of());
    }

    public SimLink losing(double share) {
        return new SimLink(base, jitter, asymmetry, share, duplicates, reordered, holdBack, outages);
    }

    public SimLink doubling(double share) {
        return new SimLink(base, jitter, asymmetry, loss, share, reordered, holdBack, outages);
    }

    public SimLink reordering(double share, double seconds) {
        return new SimLink(base, jitter, asymmetry, loss, duplicates, share, seconds, outages);
    }

    public SimLink asymmetric(double share) {
        return new SimLink(base, jitter, share, loss, duplicates, reordered, holdBack, outages);
    }

    public SimLink interrupted(List<Outage> when) {
        return new SimLink(base, jitter, asymmetry, loss, duplicates, reordered, holdBack, when);
    }

    /// Sends one packet: tells `arrival` each true time at which it comes out, none, one or two.
    public void carry(long trueNanos, Direction direction, RandomGenerator dice, LongConsumer arrival) {
        for (Outage outage : outages) {
            if (trueNanos >= outage.fromNanos && trueNanos < outage.untilNanos) {
                return;
            }
        }
        if (loss > 0 && dice.nextDouble() < loss) {
            return;
        }
        arrival.accept(trueNanos + delayNanos(direction, dice));
        if (duplicates > 0 && dice.nextDouble() < duplicates) {
            arrival.accept(trueNanos + delayNanos(direction, dice));
        }
    }

    private long delayNanos(Direction direction, RandomGenerator dice) {
        double share = direction == Direction.UP ? 1 - 2 * asymmetry : 1 + 2 * asymmetry;
        double delay = (base + jitter * dice.nextExponential()) * share;
        if (reordered > 0 && dice.nextDouble() < reordered) {
            delay += holdBack * dice.nextDouble();
        }
        return Math.round(delay * 1e9);
    }
}
