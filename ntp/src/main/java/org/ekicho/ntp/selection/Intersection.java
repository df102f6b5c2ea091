package org.ekicho.ntp.selection;

import java.util.Arrays;
import java.util.List;

/// The smallest interval that holds a point of the error intervals of a majority: true time lies in there if most
/// sources are right (RFC 5905 §11.2.1, after Marzullo).
///
/// @param low   seconds, ahead of our clock
/// @param high  seconds, not below `low`
/// @param agree how many sources reach into it
record Intersection(double low, double high, int agree) {
    /// Nothing that a majority agrees upon; `agree` says how many agree at most.
    static Intersection none(int agree) {
        return new Intersection(1, 0, agree);
    }

    boolean isMajority() {
        return low <= high;
    }

    /// @param sources what each says, none excluded
    /// @param reach   half width of each one's interval
    static Intersection of(List<Candidate> sources, double[] reach) {
        int count = sources.size();
        double[] lows = new double[count];
        double[] highs = new double[count];
        for (int i = 0; i < count; i++) {
            double offset = sources.get(i).estimate().offsetSeconds();
            lows[i] = offset - reach[i];
            highs[i] = offset + reach[i];
        }
        double[] lowEdges = lows.clone();
        double[] highEdges = highs.clone();
        Arrays.sort(lowEdges);
        Arrays.sort(highEdges);
        for (int liars = 0; 2 * liars < count; liars++) {
            double low = lowest(lowEdges, highEdges, count - liars);
            double high = highest(lowEdges, highEdges, count - liars);
            if (low <= high && outside(sources, low, high) <= liars) {
                return new Intersection(low, high, touching(lows, highs, low, high));
            }
        }
        return none(mostAgreeing(lowEdges, highEdges));
    }

    /// The lowest point where `wanted` intervals overlap, infinity when there is none. Both arrays sorted.
    private static double lowest(double[] lows, double[] highs, int wanted) {
        int ended = 0;
        for (int i = 0; i < lows.length; i++) {
            while (highs[ended] < lows[i]) {
                ended++;
            }
            if (i + 1 - ended >= wanted) {
                return lows[i];
            }
        }
        return Double.POSITIVE_INFINITY;
    }

    /// The highest point where `wanted` intervals overlap, minus infinity when there is none.
    private static double highest(double[] lows, double[] highs, int wanted) {
        int count = lows.length;
        int begun = count - 1;
        for (int i = count - 1; i >= 0; i--) {
            while (lows[begun] > highs[i]) {
                begun--;
            }
            if (begun + 1 - i >= wanted) {
                return highs[i];
            }
        }
        return Double.NEGATIVE_INFINITY;
    }

    private static int outside(List<Candidate> sources, double low, double high) {
        int outside = 0;
        for (Candidate source : sources) {
            double offset = source.estimate().offsetSeconds();
            if (offset < low || offset > high) {
                outside++;
            }
        }
        return outside;
    }

    private static int touching(double[] lows, double[] highs, double low, double high) {
        int touching = 0;
        for (int i = 0; i < lows.length; i++) {
            if (lows[i] <= high && highs[i] >= low) {
                touching++;
            }
        }
        return touching;
    }

    private static int mostAgreeing(double[] lows, double[] highs) {
        for (int wanted = lows.length; wanted > 0; wanted--) {
            if (lowest(lows, highs, wanted) < Double.POSITIVE_INFINITY) {
                return wanted;
            }
        }
        return 0;
    }
}
