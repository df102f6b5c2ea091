package org.ekicho.site.ntpconf;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.ekicho.ntp.settings.DisciplineSettings;
import org.ekicho.ntp.settings.RateSettings;
import org.ekicho.ntp.settings.SelectionSettings;
import org.ekicho.site.diagnostic.Diagnostic;
import org.ekicho.site.diagnostic.Diagnostics;

/// `tos`, `tinker` and `discard` as settings: numbers in their ranges, the last of a name counts.
final class Tuning {
    private static final double DAY = 86_400;

    private final List<Statement> statements;
    private final Diagnostics problems;

    Tuning(List<Statement> statements, Diagnostics problems) {
        this.statements = statements;
        this.problems = problems;
    }

    SelectionSettings selection() {
        SelectionSettings classic = SelectionSettings.CLASSIC;
        return new SelectionSettings(
                whole("tos", "minclock", classic.minClock(), 1, 100),
                whole("tos", "maxclock", classic.maxClock(), 1, 1000),
                whole("tos", "minsane", classic.minSane(), 1, 100),
                whole("tos", "floor", classic.floor(), 0, 16),
                whole("tos", "ceiling", classic.ceiling(), 1, 16),
                number("tos", "mindist", classic.minDist(), 0, 16),
                number("tos", "maxdist", classic.maxDist(), 0.001, 16),
                whole("tos", "orphan", classic.orphan(), 1, 16),
                Duration.ofSeconds(
                        whole("tos", "orphanwait", (int) classic.orphanWait().toSeconds(), 0, 86_400)));
    }

    RateSettings rates() {
        RateSettings classic = RateSettings.CLASSIC;
        return new RateSettings(
                whole("discard", "average", classic.averageLog2(), 0, 16),
                Duration.ofSeconds(
                        whole("discard", "minimum", (int) classic.minimum().toSeconds(), 0, 3600)));
    }

    DisciplineSettings discipline() {
        DisciplineSettings classic = DisciplineSettings.DEFAULT;
        double step = number("tinker", "step", classic.stepThreshold(), 0, DAY);
        double forward = number("tinker", "stepfwd", step, 0, DAY);
        double back = number("tinker", "stepback", step, 0, DAY);
        if (forward != back) {
            last("tinker", forward == step ? "stepback" : "stepfwd")
                    .ifPresent(n -> problems.add(Diagnostic.warning(
                            n.name().at(),
                            "the clock is stepped both ways from the same offset: the greater of "
                                    + "stepfwd and stepback, " + Math.max(forward, back) + " s, is taken")));
        }
        double threshold = forward == 0 || back == 0 ? 0 : Math.max(forward, back);
        return new DisciplineSettings(
                threshold,
                classic.stepOnlyAtStart(),
                number("tinker", "stepout", classic.stepOut(), 0, DAY),
                number("tinker", "panic", classic.panicThreshold(), 0, Double.MAX_VALUE),
                classic.panicOnceAllowed(),
                classic.maxSlewPpm());
    }

    private int whole(String keyword, String name, int classic, int min, int max) {
        double value = number(keyword, name, classic, min, max);
        if (value != Math.rint(value)) {
            last(keyword, name)
                    .ifPresent(n -> problems.add(
                            Diagnostic.error(n.name().at(), name + " takes a whole number, not " + value)));
            return classic;
        }
        return (int) value;
    }

    private double number(String keyword, String name, double classic, double min, double max) {
        Optional<Statement.Assignment> found = last(keyword, name);
        if (found.isEmpty()) {
            return classic;
        }
        double value = found.get().value();
        if (value < min || value > max) {
            String range = max == Double.MAX_VALUE ? "not less than " + text(min) : text(min) + ".." + text(max);
            problems.add(Diagnostic.error(found.get().name().at(), name + " " + text(value) + " is out of range")
                    .expected(range));
            return classic;
        }
        return value;
    }

    private static String text(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e9 ? "" + (long) value : "" + value;
    }

    private Optional<Statement.Assignment> last(String keyword, String name) {
        Optional<Statement.Assignment> found = Optional.empty();
        for (Statement statement : statements) {
            if (statement instanceof Statement.Numbers numbers
                    && numbers.keyword().equals(keyword)) {
                for (Statement.Assignment number : numbers.all()) {
                    found = number.name().text().equals(name) ? Optional.of(number) : found;
                }
            }
        }
        return found;
    }

    /// What to say of a path that is not used.
    static Optional<Diagnostic> fileNotice(Statement.File file) {
        String why = switch (file.keyword()) {
            case "logfile" -> "the log goes to standard error, which the service manager keeps";
            case "statsdir" -> "statistics files are not written";
            case "leapfile" -> "leap seconds are announced as the sources announce them";
            case "pidfile" -> "the service manager knows the process id";
            default -> "";
        };
        return why.isEmpty()
                ? Optional.empty()
                : Optional.of(Diagnostic.warning(file.at(), file.keyword() + " is not honoured: " + why));
    }
}
