package org.ekicho.bench;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/// The middle of several measurements.
final class Numbers {
    private Numbers() {}

    static double median(List<Round> rounds, ToDoubleFunction<Round> part) {
        return median(rounds.stream().mapToDouble(part).toArray());
    }

    /// The median of `a[i] / b[i]`, both measured in the same minute.
    static double medianRatio(List<Round> a, List<Round> b, ToDoubleFunction<Round> part) {
        double[] ratios = new double[Math.min(a.size(), b.size())];
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] = part.applyAsDouble(a.get(i)) / part.applyAsDouble(b.get(i));
        }
        return median(ratios);
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length == 0
                ? Double.NaN
                : sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /// The value below which this part of a sorted array lies.
    static long quantile(long[] sorted, double part) {
        return sorted.length == 0 ? 0 : sorted[(int) Math.min(sorted.length - 1L, (long) (part * sorted.length))];
    }
}
