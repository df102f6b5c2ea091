package org.ekicho.ntp.estimate;

/// The runs test of Wald and Wolfowitz on the signs of residuals. Signs of mere noise change half of the time; if
/// they change much less often, the points do not lie on a line: the clock's frequency changed meanwhile, and the
/// oldest points tell of a clock that is no more.
final class RunsTest {
    /// Noise fails the test this often.
    private static final double LEVEL = 0.05;

    /// Fewest runs that pass, by number of points.
    private final int[] least;

    RunsTest(int maxPoints) {
        least = new int[maxPoints + 1];
        for (int points = 1; points <= maxPoints; points++) {
            least[points] = leastRuns(points);
        }
    }

    boolean passes(int runs, int points) {
        return runs >= least[points];
    }

    /// Changes of sign between `points` fair signs are binomial with `points - 1` trials.
    private static int leastRuns(int points) {
        double term = Math.pow(0.5, points - 1.0);
        double sum = 0;
        int changes = 0;
        while (true) {
            sum += term;
            if (sum > LEVEL) {
                return changes + 1;
            }
            term *= (points - 1.0 - changes) / (changes + 1.0);
            changes++;
        }
    }
}
