package org.ekicho.site.ntpconf;

import java.util.List;
import java.util.Optional;
import org.ekicho.ntp.settings.ClockMode;
import org.ekicho.ntp.settings.TimeSettings;
import org.ekicho.site.Surroundings;
import org.ekicho.site.TimeFiles;
import org.ekicho.site.diagnostic.Diagnostics;
import org.ekicho.site.diagnostic.Report;
import org.ekicho.site.ntpconf.Statement.Turn;

/// Reads a classic ntp.conf into settings. Alone it means what classic ntpd would do with it, the steering of the
/// clock too (unless it says `disable ntp`).
public final class NtpConfReader {
    private NtpConfReader() {}

    /// Reads the file with all that it includes and names.
    ///
    /// @param source       the file's name, for positions
    /// @param text         its bytes, one character each (ISO 8859-1)
    /// @param surroundings gives the files and names that it refers to
    public static NtpConfReading read(String source, String text, Surroundings surroundings) {
        Diagnostics problems = new Diagnostics();
        NtpConf conf = read(source, text, surroundings, problems);
        Report report = problems.report();
        return new NtpConfReading(report.hasErrors() ? Optional.empty() : Optional.of(conf), report);
    }

    /// The same, as far as the file can be understood in spite of errors: for explanations, not to be run.
    public static NtpConf read(String source, String text, Surroundings surroundings, Diagnostics problems) {
        List<Statement> statements = NtpConfParser.parse(source, text, surroundings, problems);
        KeyStatements keys = new KeyStatements(statements, surroundings, problems);
        Associations associations = new Associations(statements, keys, surroundings, problems);
        Tuning tuning = new Tuning(statements, problems);
        boolean steer = toggled(statements, "ntp", Turn.ENABLE);
        TimeSettings time = new TimeSettings(
                steer ? ClockMode.STEER : ClockMode.OBSERVE,
                123,
                statements.stream()
                        .filter(Statement.Interface.class::isInstance)
                        .map(s -> ((Statement.Interface) s).rule())
                        .toList(),
                associations.sources(),
                associations.localClock(),
                false,
                associations.broadcasts(),
                associations.receiver(toggled(statements, "bclient", Turn.DISABLE)),
                keys.ring(),
                toggled(statements, "auth", Turn.ENABLE),
                false,
                new Restricts(statements, associations.sources(), surroundings, problems).rules(),
                tuning.rates(),
                tuning.selection(),
                tuning.discipline(),
                toggled(statements, "monitor", Turn.ENABLE));
        TimeFiles files = new TimeFiles(keys.path(), path(statements, "driftfile", problems));
        return new NtpConf(time, files, keys.keyFile(), statements);
    }

    /// Whether a toggle is on in the end: the last word on it counts.
    private static boolean toggled(List<Statement> statements, String flag, Turn otherwise) {
        Turn turn = otherwise;
        for (Statement statement : statements) {
            if (statement instanceof Statement.Toggle toggle
                    && toggle.flags().stream().anyMatch(w -> w.text().equals(flag))) {
                turn = toggle.turn();
            }
        }
        return turn == Turn.ENABLE;
    }

    private static Optional<String> path(List<Statement> statements, String keyword, Diagnostics problems) {
        Optional<String> path = Optional.empty();
        for (Statement statement : statements) {
            if (statement instanceof Statement.File file) {
                path = file.keyword().equals(keyword) ? Optional.of(file.path().text()) : path;
                Tuning.fileNotice(file).ifPresent(problems::add);
            }
        }
        return path;
    }
}
