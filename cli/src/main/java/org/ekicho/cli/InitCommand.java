package org.ekicho.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.ekicho.ntp.auth.KeyType;
import org.ekicho.site.ntpkeys.KeyDialect;
import org.ekicho.site.ntpkeys.KeyFileWriter;
import org.ekicho.site.ntpkeys.KeyGenerator;
import org.ekicho.site.toml.InitAnswers;
import org.ekicho.site.toml.InitTemplate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `ekicho init`: asks a few questions and writes a commented site file. Never overwrites one.
@Command(name = "init", description = "Write a commented ekicho.toml after a few questions; never overwrites.")
final class InitCommand extends Printing implements Callable<Integer> {
    private static final String GROUP = "224.0.1.1";
    private static final String KEYS = "ntp.keys";

    @Option(names = "--yes", description = "Ask nothing: an isolated site without keys and multicast.")
    private boolean yes;

    @Option(names = "--print", description = "Print the file instead of writing it.")
    private boolean print;

    @Option(names = "--to", paramLabel = "FILE", description = "The file to write (default: ekicho.toml).")
    private Path to = SiteFileOption.HERE;

    @Override
    public Integer call() throws IOException {
        if (!print && Files.exists(to)) {
            screen.problem(to + " exists and is never overwritten; name another with --to FILE, or see --print");
            return Exit.NOT_GOOD;
        }
        InitAnswers answers = yes ? InitAnswers.unasked(hostName()) : asked();
        String text = InitTemplate.render(answers);
        if (print) {
            screen.print(text);
            return Exit.GOOD;
        }
        if (answers.keyFile().isPresent()) {
            writeKeys(Path.of(answers.keyFile().get()), answers.keyId());
        }
        Files.writeString(to, text, StandardOpenOption.CREATE_NEW);
        screen.line("wrote " + to + "; next: ekicho check --plan, then ekicho serve");
        return Exit.GOOD;
    }

    private static String hostName() {
        String name = System.getenv().getOrDefault("HOSTNAME", "");
        return name.isEmpty() ? "site" : name;
    }

    private InitAnswers asked() throws IOException {
        Questions questions =
                new Questions(screen, new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset())));
        String name = questions.ask("What is this site called?", hostName());
        List<String> interfaces = words(questions.ask("Which interfaces are served? (empty: all)", ""));
        List<String> servers = words(questions.ask("Which servers give the time? (empty: isolated site)", ""));
        Optional<String> keys = questions.isYes("Make a key, so that clients can prove who serves them?")
                ? Optional.of(
                        to.toAbsolutePath().resolveSibling(KEYS).normalize().toString())
                : Optional.empty();
        Optional<InitAnswers.Multicast> multicast = Optional.empty();
        if (questions.isYes("Send time by multicast?")) {
            String group = questions.ask("To which group?", GROUP);
            List<String> by = words(questions.ask("By which interfaces?", String.join(" ", interfaces)));
            if (by.isEmpty()) {
                throw new IOException("multicast is sent only by interfaces that are named; see \"ip -br link\"");
            }
            multicast = Optional.of(new InitAnswers.Multicast(group, by));
        }
        return new InitAnswers(name, interfaces, servers, keys, InitAnswers.DEFAULT_KEY_ID, multicast);
    }

    private static List<String> words(String line) {
        return Arrays.stream(line.split("[ ,]+", -1))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    private void writeKeys(Path file, int id) throws IOException {
        String text = KeyFileWriter.write(
                        KeyGenerator.generate(id, 1, KeyType.SHA1, new SecureRandom()), KeyDialect.NTPD)
                .text();
        try {
            SecretFile.write(file, text);
            screen.line("wrote " + file + ", mode 0640: copy it to the clients, keep it secret");
        } catch (FileAlreadyExistsException e) {
            screen.line(file + " exists and stays as it is");
        }
    }

    /// Questions on the terminal.
    ///
    /// @param answers lines that were typed
    private record Questions(Screen screen, BufferedReader answers) {
        /// Empty means the usual answer.
        String ask(String question, String usual) throws IOException {
            screen.print(question + (usual.isEmpty() ? " " : " [" + usual + "] "));
            String line = answers.readLine();
            if (line == null) {
                throw new IOException("nobody answers; say --yes to be asked nothing");
            }
            return line.isBlank() ? usual : line.strip();
        }

        boolean isYes(String question) throws IOException {
            return ask(question + " (y/n)", "n").toLowerCase(Locale.ROOT).startsWith("y");
        }
    }
}
