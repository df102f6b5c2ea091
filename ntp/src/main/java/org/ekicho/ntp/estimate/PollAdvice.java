package org.ekicho.ntp.estimate;

/// How often a source should be asked: rarely when the estimator uses many samples (its noise is larger than the
/// clock's wander, so that more time between them helps), often when it uses few or its predictions miss.
final class PollAdvice {
    /// The estimator should have about so many samples in use.
    private static final int TARGET = 8;
    /// One sample moves the score by no more than this.
    private static final double LARGEST_CHANGE = 2;

    private final int minPoll;
    private final int maxPoll;
    private int exponent;
    /// Between -1 and 1; there the exponent changes.
    private double score;

    PollAdvice(int minPoll, int maxPoll) {
        if (minPoll > maxPoll) {
            throw new IllegalArgumentException("minpoll " + minPoll + " is above maxpoll " + maxPoll);
        }
        this.minPoll = minPoll;
        this.maxPoll = maxPoll;
        exponent = minPoll;
    }

    int exponent() {
        return exponent;
    }

    void reset() {
        exponent = minPoll;
        score = 0;
    }

    /// @param error    by how much the prediction missed the sample, seconds
    /// @param distance what the sample itself may be wrong by, seconds
    /// @param samples  how many the estimator uses
    void learn(double error, double distance, int samples) {
        double change;
        if (error > distance) {
            change = -Math.log(error / distance) / Math.log(2);
        } else {
            change = (samples - TARGET) / (double) (TARGET * TARGET);
            change = change < 0 ? 2 * change : change;
        }
        score += Math.clamp(change, -LARGEST_CHANGE, LARGEST_CHANGE);
        while (score >= 1) {
            score -= 1;
            exponent = Math.min(exponent + 1, maxPoll);
        }
        while (score <= -1) {
            score += 1;
            exponent = Math.max(exponent - 1, minPoll);
        }
    }
}
