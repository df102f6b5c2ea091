package org.ekicho.site.ntpconf;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.ekicho.ntp.settings.SourceSettings;
import org.ekicho.site.NamedFile;
import org.ekicho.site.Surroundings;
import org.ekicho.site.diagnostic.Diagnostic;
import org.ekicho.site.diagnostic.Diagnostics;
import org.ekicho.site.diagnostic.Position;
import org.ekicho.site.diagnostic.Suggestions;

/// Reads an ntp.conf, and the files that it includes, into statements. A command that is not well formed is an error
/// and no statement; one that is known but not carried out is a warning with the reason.
public final class NtpConfParser {
    /// As in classic ntpd: deep enough for any real site, and the end of a file that includes itself.
    private static final int MAX_INCLUDES = 5;

    /// Files in all: two that include each other twice would double at every level.
    private static final int MAX_FILES = 64;

    private static final List<String> DONE = List.of(
            "server",
            "pool",
            "peer",
            "broadcast",
            "broadcastclient",
            "multicastclient",
            "keys",
            "trustedkey",
            "controlkey",
            "requestkey",
            "restrict",
            "enable",
            "disable",
            "fudge",
            "driftfile",
            "logfile",
            "statsdir",
            "leapfile",
            "pidfile",
            "interface",
            "nic",
            "tos",
            "tinker",
            "discard",
            "broadcastdelay",
            "ttl",
            "includefile");

    private final Surroundings surroundings;
    private final Diagnostics problems;
    private final List<Statement> statements = new ArrayList<>();
    private int files;

    private NtpConfParser(Surroundings surroundings, Diagnostics problems) {
        this.surroundings = surroundings;
        this.problems = problems;
    }

    /// The statements of `text` in order, those of included files in their places.
    ///
    /// @param source       the file's name, for positions
    /// @param surroundings gives included files
    /// @param problems     takes what is wrong
    public static List<Statement> parse(String source, String text, Surroundings surroundings, Diagnostics problems) {
        NtpConfParser parser = new NtpConfParser(surroundings, problems);
        parser.parseFile(source, text, 0);
        return List.copyOf(parser.statements);
    }

    private void parseFile(String source, String text, int depth) {
        for (ConfLine line : new ConfScanner(source, problems).scan(text)) {
            if (line.keyword().is("includefile")) {
                include(line, depth);
            } else {
                command(line).ifPresent(statements::add);
            }
        }
    }

    private void include(ConfLine line, int depth) {
        Position at = line.keyword().at();
        Optional<Word> path = Grammar.required(line, "a path", "includefile /etc/ntp/site.conf", problems);
        Grammar.end(line, problems);
        if (path.isEmpty()) {
            return;
        }
        if (depth == MAX_INCLUDES) {
            problems.add(Diagnostic.error(at, "more than " + MAX_INCLUDES + " files include one another"));
            return;
        }
        if (++files > MAX_FILES) {
            problems.add(Diagnostic.error(at, "more than " + MAX_FILES + " files are included"));
            return;
        }
        switch (surroundings.file(path.get().text())) {
            case NamedFile.Found(String text, int _) ->
                parseFile(surroundings.place(path.get().text()), text, depth + 1);
            case NamedFile.Unreadable(String reason) ->
                problems.add(Diagnostic.error(
                        path.get().at(), "cannot read " + path.get().text() + ": " + reason));
        }
    }

    private Optional<Statement> command(ConfLine line) {
        Word keyword = line.keyword();
        Position at = keyword.at();
        if (keyword.form() != Word.Form.PLAIN) {
            problems.add(Diagnostic.error(at, "a line begins with a keyword, not with \"" + keyword.text() + "\""));
            return Optional.empty();
        }
        return switch (keyword.text()) {
            case "server" -> new AssociationParser(problems).source(line, SourceSettings.Kind.SERVER);
            case "pool" -> new AssociationParser(problems).source(line, SourceSettings.Kind.POOL);
            case "peer" -> new AssociationParser(problems).source(line, SourceSettings.Kind.PEER);
            case "broadcast" -> new AssociationParser(problems).broadcast(line);
            case "broadcastclient" -> broadcastClient(line);
            case "multicastclient" -> Optional.of(new Statement.MulticastClient(at, line.rest()));
            case "trustedkey" -> new KeyParser(problems).trustedKey(line);
            case "controlkey", "requestkey" -> new KeyParser(problems).remoteKey(line);
            case "restrict" -> new RestrictParser(problems).restrict(line);
            case "enable" -> new TuningParser(problems).toggle(line, Statement.Turn.ENABLE);
            case "disable" -> new TuningParser(problems).toggle(line, Statement.Turn.DISABLE);
            case "fudge" -> new TuningParser(problems).fudge(line);
            case "tos" -> new TuningParser(problems).tos(line);
            case "tinker" -> new TuningParser(problems).tinker(line);
            case "discard" -> new TuningParser(problems).discard(line);
            case "ttl" -> new TuningParser(problems).ttl(line);
            case "interface", "nic" -> new InterfaceParser(problems).rule(line);
            case "keys", "driftfile", "logfile", "statsdir", "leapfile", "pidfile" -> file(line);
            case "broadcastdelay" -> broadcastDelay(line);
            default -> notDone(line);
        };
    }

    private Optional<Statement> broadcastClient(ConfLine line) {
        boolean novolley = line.take("novolley");
        Grammar.end(line, problems);
        return Optional.of(new Statement.BroadcastClient(
                line.keyword().at(), novolley ? Statement.Volley.NONE : Statement.Volley.MEASURE));
    }

    private Optional<Statement> file(ConfLine line) {
        String keyword = line.keyword().text();
        Optional<Word> path = Grammar.required(line, "a path", keyword + " /etc/ntp/" + keyword, problems);
        // A driftfile may name the hour of writing behind its path, a leapfile how it is checked.
        line.rest();
        return path.map(p -> new Statement.File(line.keyword().at(), keyword, p));
    }

    private Optional<Statement> broadcastDelay(ConfLine line) {
        OptionalDouble seconds = Grammar.number(line, line.keyword(), problems);
        Grammar.end(line, problems);
        if (seconds.isPresent() && Math.abs(seconds.getAsDouble()) > 1) {
            problems.add(Diagnostic.error(line.keyword().at(), "broadcastdelay of more than a second")
                    .expected("seconds, one way")
                    .example("broadcastdelay 0.004"));
            return Optional.empty();
        }
        return seconds.isEmpty()
                ? Optional.empty()
                : Optional.of(new Statement.BroadcastDelay(line.keyword().at(), seconds.getAsDouble()));
    }

    private Optional<Statement> notDone(ConfLine line) {
        Word keyword = line.keyword();
        Optional<Diagnostic> known = NotHonoured.diagnose(keyword, line.rest());
        if (known.isPresent()) {
            problems.add(known.get());
            return Optional.of(new Statement.NotHonoured(keyword.at(), keyword.text()));
        }
        List<String> words = new ArrayList<>(DONE);
        words.addAll(NotHonoured.KEYWORDS);
        problems.add(Diagnostic.error(keyword.at(), "unknown keyword \"" + keyword.text() + "\"")
                .suggestion(Suggestions.nearest(keyword.text(), words)));
        return Optional.empty();
    }
}
