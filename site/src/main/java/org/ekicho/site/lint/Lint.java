package org.ekicho.site.lint;

import org.ekicho.site.Surroundings;
import org.ekicho.site.diagnostic.Diagnostics;
import org.ekicho.site.diagnostic.Report;
import org.ekicho.site.ntpconf.NtpConf;
import org.ekicho.site.ntpconf.NtpConfReader;
import org.ekicho.site.ntpkeys.DialectGuess;
import org.ekicho.site.ntpkeys.KeyDialect;
import org.ekicho.site.ntpkeys.KeyFile;
import org.ekicho.site.ntpkeys.KeyFileReader;

/// Everything there is to say of an ntp.conf or a key file, whichever program it was written for.
public final class Lint {
    private Lint() {}

    /// Tells a key file from an ntp.conf by its first line that is no comment.
    public static Report file(String source, String text, int mode, Surroundings surroundings) {
        return isKeyFile(text)
                ? keyFile(source, text, mode, DialectGuess.of(text).dialect())
                : ntpConf(source, text, surroundings);
    }

    /// True when the first word is a number, with which no command of an ntp.conf begins.
    public static boolean isKeyFile(String text) {
        return text.lines()
                .map(String::strip)
                .filter(l -> !l.isEmpty() && "#!;%".indexOf(l.charAt(0)) < 0)
                .findFirst()
                .map(l -> Character.isDigit(l.charAt(0)))
                .orElse(false);
    }

    /// An ntp.conf with the key file that it names.
    public static Report ntpConf(String source, String text, Surroundings surroundings) {
        Diagnostics problems = new Diagnostics();
        NtpConf conf = NtpConfReader.read(source, text, surroundings, problems);
        new NtpConfLint(source, conf, problems).lint();
        KeyFileLint.lint(conf.keyFile(), problems);
        return problems.report();
    }

    /// A key file by the rules of one program.
    public static Report keyFile(String source, String text, int mode, KeyDialect dialect) {
        Diagnostics problems = new Diagnostics();
        KeyFileReader.checkMode(source, mode, problems);
        KeyFile file = KeyFileReader.read(source, text, dialect, problems);
        KeyFileLint.lint(file, problems);
        return problems.report();
    }
}
