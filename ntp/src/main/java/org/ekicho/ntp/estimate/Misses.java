package org.ekicho.ntp.estimate;

/// How far predictions miss what is then seen, against how far they should. When they miss by too much for a while, the
/// frequency has wandered since the older samples, too little yet for the residuals to show it.
final class Misses {
    /// Mean square miss, in units of what it should be, from which the past is not believed any more. Found by
    /// simulation: clocks that wander little are hardly worse off, others much better.
    private static final double LIMIT = 1.2;
    /// Weight of the newest miss in the mean: about the last eight count.
    private static final double NEWEST = 0.25;
    /// One miss counts for no more than three deviations.
    private static final double LARGEST = 9;
    /// What is to be expected, and where it begins.
    private static final double NORMAL = 1;

    private double mean = NORMAL;

    /// @param error    by how much the prediction missed the sample
    /// @param variance of the prediction and the sample together
    /// @return that the past is not to be believed any more
    boolean tooMany(double error, double variance) {
        mean += NEWEST * (Math.min(error * error / variance, LARGEST) - mean);
        return mean > LIMIT;
    }

    void forget() {
        mean = NORMAL;
    }
}
