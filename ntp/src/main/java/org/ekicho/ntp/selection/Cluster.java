package org.ekicho.ntp.selection;

import java.util.ArrayList;
import java.util.List;
import org.ekicho.ntp.selection.Candidate.Trait;

/// Casts out survivors that scatter more than the best ones do, one after another (RFC 5905 §11.2.2).
final class Cluster {
    private final List<Candidate> left;
    private final List<Candidate> outliers = new ArrayList<>();

    /// @param survivors best first
    Cluster(List<Candidate> survivors) {
        left = new ArrayList<>(survivors);
    }

    List<Candidate> survivors() {
        return left;
    }

    List<Candidate> outliers() {
        return outliers;
    }

    /// Stops at `minClock` survivors, at one that the operator trusts, or when nothing is gained any more.
    void reduceTo(int minClock) {
        while (left.size() > Math.max(1, minClock)) {
            Candidate worst = left.getFirst();
            double mostSpread = -1;
            double leastJitter = Double.MAX_VALUE;
            for (Candidate candidate : left) {
                double spread = spread(candidate);
                if (spread >= mostSpread) {
                    mostSpread = spread;
                    worst = candidate;
                }
                leastJitter = Math.min(leastJitter, candidate.estimate().jitterSeconds());
            }
            if (mostSpread <= leastJitter || worst.is(Trait.PREFER) || worst.is(Trait.TRUE_CHIMER)) {
                return;
            }
            left.remove(worst);
            outliers.add(worst);
        }
    }

    /// Root mean square of the differences to the others (selection jitter), seconds.
    double spread(Candidate candidate) {
        if (left.size() < 2) {
            return 0;
        }
        double squares = 0;
        for (Candidate other : left) {
            double difference =
                    candidate.estimate().offsetSeconds() - other.estimate().offsetSeconds();
            squares += difference * difference;
        }
        return Math.sqrt(squares / (left.size() - 1));
    }
}
