package org.ekicho.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.Callable;
import org.ekicho.daemon.settings.FileSurroundings;
import org.ekicho.ntp.auth.KeyType;
import org.ekicho.ntp.auth.SymmetricKey;
import org.ekicho.site.NamedFile;
import org.ekicho.site.diagnostic.Diagnostics;
import org.ekicho.site.diagnostic.Report;
import org.ekicho.site.lint.Lint;
import org.ekicho.site.ntpkeys.DialectGuess;
import org.ekicho.site.ntpkeys.KeyDialect;
import org.ekicho.site.ntpkeys.KeyFile;
import org.ekicho.site.ntpkeys.KeyFileReader;
import org.ekicho.site.ntpkeys.KeyFileWriter;
import org.ekicho.site.ntpkeys.KeyGenerator;
import org.ekicho.site.ntpkeys.KeyLine;
import org.ekicho.site.ntpkeys.KeyListing;
import org.ekicho.site.ntpkeys.WrittenKeys;
import org.ekicho.wire.IpPrefix;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `ekicho time keys`: makes, checks and shows key files.
@Command(
        name = "keys",
        description = "Generate, lint and show key files, in the dialect of each program.",
        subcommands = {TimeKeysCommand.Generate.class, TimeKeysCommand.LintKeys.class, TimeKeysCommand.Show.class})
final class TimeKeysCommand extends Printing implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(screen.out());
    }

    /// `ekicho time keys generate`.
    @Command(name = "generate", description = "Make new keys that every program reads alike.")
    static final class Generate extends Printing implements Callable<Integer> {
        /// More than any site has.
        private static final int MOST = 1_000;

        @Option(names = "--for", paramLabel = "PROGRAM", description = "${COMPLETION-CANDIDATES} (default: ntpd).")
        private KeyDialect dialect = KeyDialect.NTPD;

        @Option(names = "--type", paramLabel = "TYPE", description = "${COMPLETION-CANDIDATES} (default: AES128CMAC).")
        private KeyType type = KeyType.AES128CMAC;

        @Option(names = "--first", paramLabel = "ID", description = "Id of the first key (default: 1).")
        private int first = 1;

        @Option(names = "--count", paramLabel = "N", description = "How many keys (default: 1).")
        private int count = 1;

        @Option(names = "--to", paramLabel = "FILE", description = "A new file, mode 0640 (default: print them).")
        private @Nullable Path to;

        @Override
        public Integer call() throws IOException {
            if (count < 1 || count > MOST || first < 1) {
                screen.problem("--count is 1.." + MOST + " and --first 1 or more");
                return Exit.USAGE;
            }
            WrittenKeys keys =
                    KeyFileWriter.write(KeyGenerator.generate(first, count, type, new SecureRandom()), dialect);
            keys.remarks().forEach(screen::problem);
            if (to == null) {
                screen.print(keys.text());
                return Exit.GOOD;
            }
            if (Files.exists(to)) {
                screen.problem(to + " exists and is never overwritten; name another file");
                return Exit.NOT_GOOD;
            }
            SecretFile.write(to, keys.text());
            screen.line("wrote " + count + (count == 1 ? " key" : " keys") + " for " + dialect.word() + " to " + to
                    + ", mode 0640");
            return Exit.GOOD;
        }
    }

    /// `ekicho time keys lint FILE`.
    @Command(name = "lint", description = "Explain what is wrong or risky in a key file.")
    static final class LintKeys extends Printing implements Callable<Integer> {
        @Mixin
        private KeyFileOption file = new KeyFileOption();

        @Mixin
        private OutputOption output = new OutputOption();

        @Option(names = "--for", paramLabel = "PROGRAM", description = "Whose rules it follows: as --from.")
        private @Nullable KeyDialect dialect;

        @Override
        public Integer call() throws IOException {
            NamedFile.Found found = file.found();
            KeyDialect rules = dialect == null ? file.dialect(found) : dialect;
            Report report = Lint.keyFile(file.name(), found.text(), found.mode(), rules);
            if (output.isJson()) {
                screen.json(report);
                return ReportPrinter.code(report);
            }
            return new ReportPrinter(screen).print(report);
        }
    }

    /// `ekicho time keys show FILE`.
    @Command(
            name = "show",
            description = "List the keys of a file, or write them for another program; secrets only when asked for.")
    static final class Show extends Printing implements Callable<Integer> {
        @Mixin
        private KeyFileOption file = new KeyFileOption();

        @Mixin
        private OutputOption output = new OutputOption();

        @Option(
                names = "--for",
                paramLabel = "PROGRAM",
                description = "Write them as the key file of ${COMPLETION-CANDIDATES}, instead of a list.")
        private @Nullable KeyDialect writtenFor;

        @Option(names = "--secrets", description = "With --for: the secrets, instead of stars.")
        private boolean secrets;

        @Override
        public Integer call() throws IOException {
            NamedFile.Found found = file.found();
            Diagnostics problems = new Diagnostics();
            KeyFile keys = KeyFileReader.read(file.name(), found.text(), file.dialect(found), problems);
            if (output.isJson()) {
                screen.json(keys.lines().stream().map(KeyRow::of).toList());
                return ReportPrinter.code(problems.report());
            }
            if (writtenFor == null) {
                screen.print(KeyListing.render(keys));
            } else {
                WrittenKeys written = secrets
                        ? KeyFileWriter.write(keys.keys(), writtenFor)
                        : KeyFileWriter.outline(keys.keys(), writtenFor);
                screen.print(written.text());
                written.remarks().forEach(screen::problem);
            }
            if (!problems.report().isClean()) {
                new ReportPrinter(screen).print(problems.report());
            }
            return ReportPrinter.code(problems.report());
        }
    }

    /// A key without its secret.
    ///
    /// @param id    as a number without sign
    /// @param bytes length of the secret
    record KeyRow(String id, KeyType type, int bytes, List<IpPrefix> servers) {
        KeyRow {
            servers = List.copyOf(servers);
        }

        static KeyRow of(KeyLine line) {
            SymmetricKey key = line.key();
            return new KeyRow(key.idText(), key.type(), key.secret().length, key.servers());
        }
    }

    /// The key file that is meant, and whose rules it follows.
    static final class KeyFileOption {
        @Parameters(paramLabel = "FILE", description = "The key file.")
        private Path path = Path.of("");

        @Option(
                names = "--from",
                paramLabel = "PROGRAM",
                description = "Whose rules it follows: ${COMPLETION-CANDIDATES} (default: told from what it says).")
        private @Nullable KeyDialect dialect;

        String name() {
            return path.toString();
        }

        NamedFile.Found found() throws IOException {
            return switch (FileSurroundings.read(path)) {
                case NamedFile.Found found -> found;
                case NamedFile.Unreadable(String reason) ->
                    throw reason.equals("no such file")
                            ? new NoSuchFileException(path.toString())
                            : new IOException(path + ": " + reason);
            };
        }

        KeyDialect dialect(NamedFile.Found found) {
            return dialect == null ? DialectGuess.of(found.text()).dialect() : dialect;
        }
    }
}
