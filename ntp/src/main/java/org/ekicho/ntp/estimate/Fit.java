package org.ekicho.ntp.estimate;

/// A straight line through weighted points.
///
/// @param slope     y per x
/// @param intercept y at x = 0
/// @param meanX     weighted mean of the x
/// @param weight    sum of the weights
/// @param spread    weighted sum of the squared distances of the x from `meanX`
/// @param residual  weighted sum of the squared distances of the y from the line
/// @param runs      how often the points change the side of the line, plus one
/// @param points    how many points
/// @param effectivePoints how many points of equal weight would tell as much (Kish's effective sample size)
record Fit(
        double slope,
        double intercept,
        double meanX,
        double weight,
        double spread,
        double residual,
        int runs,
        int points,
        double effectivePoints) {
    /// Points closer together than a nanosecond have no slope, in square seconds.
    private static final double LEAST_SPREAD = 1e-18;

    /// Fits points `from..to-1`, two at least, not all at the same x.
    static Fit of(double[] x, double[] y, double[] weights, int from, int to) {
        double weight = 0;
        double squares = 0;
        double sumX = 0;
        double sumY = 0;
        for (int i = from; i < to; i++) {
            weight += weights[i];
            squares += weights[i] * weights[i];
            sumX += weights[i] * x[i];
            sumY += weights[i] * y[i];
        }
        double meanX = sumX / weight;
        double meanY = sumY / weight;
        double spread = 0;
        double product = 0;
        for (int i = from; i < to; i++) {
            double dx = x[i] - meanX;
            spread += weights[i] * dx * dx;
            product += weights[i] * dx * (y[i] - meanY);
        }
        spread = Math.max(spread, LEAST_SPREAD);
        double slope = product / spread;
        double intercept = meanY - slope * meanX;
        return withResiduals(
                x,
                y,
                weights,
                from,
                to,
                new Fit(slope, intercept, meanX, weight, spread, 0, 0, to - from, weight * weight / squares));
    }

    private static Fit withResiduals(double[] x, double[] y, double[] weights, int from, int to, Fit line) {
        double residual = 0;
        int runs = 0;
        boolean above = false;
        for (int i = from; i < to; i++) {
            double distance = y[i] - line.at(x[i]);
            residual += weights[i] * distance * distance;
            if (i == from || distance > 0 != above) {
                runs++;
                above = distance > 0;
            }
        }
        return new Fit(
                line.slope,
                line.intercept,
                line.meanX,
                line.weight,
                line.spread,
                residual,
                runs,
                line.points,
                line.effectivePoints);
    }

    double at(double x) {
        return intercept + slope * x;
    }

    /// Variance of the line at `x`, for points of weight 1 with the variance given.
    double varianceAt(double x, double pointVariance) {
        double dx = x - meanX;
        return pointVariance * (1 / weight + dx * dx / spread);
    }

    /// Standard deviation of the slope, for points of weight 1 with the variance given.
    double slopeDeviation(double pointVariance) {
        return Math.sqrt(pointVariance / spread);
    }
}
