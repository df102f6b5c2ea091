package org.ekicho.netboot.answer;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A kickstart, preseed, autoinstall or AutoYaST file with places to fill in.
///
/// `${site.url}` is replaced: a name with a dot in it, which no shell variable can have, so that the `%post` script's
/// own `${HOME}` and `$1` stay as they are. Lines that begin with `#@` are directives, and comments to every installer
/// that would see them:
///
/// ```
/// #@if machine.tag.web            also: #@if not …, #@else, #@end
/// #@for repo in repos             … ${repo.url} …  #@end
/// #@include partitions.ks
/// ```
public final class AnswerTemplate {
    /// Letters of a template with all that it includes.
    public static final int MAX_LENGTH = 1 << 20;
    /// Templates within each other.
    private static final int MAX_INCLUDES = 8;
    /// Lines and directives that are followed, loops unrolled.
    private static final int MAX_STEPS = 100_000;
    /// Problems told: more than these say nothing new.
    private static final int MAX_PROBLEMS = 100;

    private static final Pattern PLACE = Pattern.compile("\\$\\{([A-Za-z][A-Za-z0-9_-]*(?:\\.[A-Za-z0-9_-]+)+)}");
    private static final Pattern IF = Pattern.compile("if\\s+(not\\s+)?([A-Za-z0-9_.-]+)");
    private static final Pattern FOR = Pattern.compile("for\\s+([A-Za-z][A-Za-z0-9_-]*)\\s+in\\s+([A-Za-z0-9_.-]+)");
    private static final Pattern INCLUDE = Pattern.compile("include\\s+([A-Za-z0-9][A-Za-z0-9._-]*)");

    /// Reads another template of the same folder.
    @FunctionalInterface
    public interface Library {
        /// @return its text; empty when there is none of this name
        Optional<String> template(String name);
    }

    /// What came out.
    ///
    /// @param text     the answer; of use only without errors
    /// @param problems in the order of the lines
    public record Rendered(String text, List<AnswerProblem> problems) {
        public Rendered {
            problems = List.copyOf(problems);
        }

        public boolean isGood() {
            return problems.stream().noneMatch(p -> p.severity() == AnswerProblem.Severity.ERROR);
        }
    }

    private sealed interface Node {
        record Text(int line, String text) implements Node {}

        record If(int line, String name, boolean wanted, List<Node> then, List<Node> otherwise) implements Node {}

        record For(int line, String each, String list, List<Node> body) implements Node {}

        record Include(int line, String name) implements Node {}
    }

    private final Library library;
    private final List<AnswerProblem> problems = new ArrayList<>();
    private final StringBuilder out = new StringBuilder();
    private int steps;
    private boolean tooLong;
    /// Line of the outermost template while an included one is rendered; 0 outside of includes.
    private int includedAt;

    private int includes;

    private AnswerTemplate(Library library) {
        this.library = library;
    }

    /// Fills in a template. Never throws, whatever the text is.
    public static Rendered render(String template, AnswerFacts facts, Library library) {
        AnswerTemplate rendering = new AnswerTemplate(library);
        if (template.length() > MAX_LENGTH) {
            return new Rendered("", List.of(AnswerProblem.error(1, 1, "it is longer than " + MAX_LENGTH + " letters")));
        }
        rendering.nodes(rendering.parse(template), facts);
        return new Rendered(rendering.out.toString(), rendering.problems);
    }

    private List<Node> parse(String template) {
        Parser parser = new Parser(template.split("\n", -1));
        return parser.block(0);
    }

    private void tooLong() {
        if (!tooLong) {
            tooLong = true;
            problems.addFirst(AnswerProblem.error(1, 1, "it becomes longer than any installer reads"));
        }
    }

    private void problem(int line, int column, String text) {
        if (problems.size() < MAX_PROBLEMS)
            problems.add(AnswerProblem.error(includedAt > 0 ? includedAt : line, column, text));
    }

    private void nodes(List<Node> nodes, AnswerFacts facts) {
        for (Node node : nodes) {
            if (++steps > MAX_STEPS || out.length() > MAX_LENGTH) {
                tooLong();
                return;
            }
            switch (node) {
                case Node.Text(int line, String text) -> text(line, text, facts);
                case Node.If(int line, String name, boolean wanted, List<Node> then, List<Node> otherwise) ->
                    nodes(holds(line, name, facts) == wanted ? then : otherwise, facts);
                case Node.For(int line, String each, String list, List<Node> body) ->
                    loop(line, each, list, body, facts);
                case Node.Include(int line, String name) -> include(line, name, facts);
            }
        }
    }

    /// A name holds when it is there and neither empty nor `false`; a list, when it has entries. A tag that a machine
    /// does not have is no mistake.
    private boolean holds(int line, String name, AnswerFacts facts) {
        Optional<String> value = facts.value(name);
        if (value.isPresent()) {
            return !value.get().isEmpty() && !value.get().equals("false");
        }
        Optional<List<Map<String, String>>> list = facts.list(name);
        if (list.isEmpty() && !name.startsWith("machine.tag.")) {
            problem(line, 1, unknown(name, facts));
        }
        return list.isPresent() && !list.get().isEmpty();
    }

    private void loop(int line, String each, String list, List<Node> body, AnswerFacts facts) {
        Optional<List<Map<String, String>>> entries = facts.list(list);
        if (entries.isEmpty()) {
            problem(
                    line,
                    1,
                    "there is no list " + list + "; there are "
                            + String.join(", ", facts.lists().keySet()));
            return;
        }
        for (Map<String, String> entry : entries.get()) {
            nodes(body, facts.with(each, entry));
        }
    }

    private void include(int line, String name, AnswerFacts facts) {
        Optional<String> text = library.template(name);
        if (text.isEmpty()) {
            problem(line, 1, "there is no template " + name + " beside this one");
            return;
        }
        if (includes == MAX_INCLUDES) {
            problem(
                    line,
                    1,
                    "more than " + MAX_INCLUDES + " templates within each other; does " + name + " include itself?");
            return;
        }
        boolean outermost = includedAt == 0;
        if (outermost) includedAt = line;
        includes++;
        nodes(parse(text.get()), facts);
        includes--;
        if (outermost) includedAt = 0;
    }

    private void text(int line, String text, AnswerFacts facts) {
        Matcher place = PLACE.matcher(text);
        int from = 0;
        while (place.find()) {
            String name = place.group(1);
            Optional<String> value = facts.value(name);
            if (value.isEmpty()) {
                problem(line, place.start() + 1, unknown(name, facts));
            }
            out.append(text, from, place.start()).append(value.orElse(""));
            from = place.end();
        }
        out.append(text, from, text.length());
    }

    private static String unknown(String name, AnswerFacts facts) {
        String family = name.substring(0, Math.max(name.indexOf('.'), 0));
        List<String> near = facts.names().stream()
                .filter(known -> !family.isEmpty() && known.startsWith(family + "."))
                .toList();
        return "nothing is called " + name + "; there are " + String.join(", ", near.isEmpty() ? facts.names() : near);
    }

    /// Cuts a text into nodes; what is wrong with its directives becomes a problem of the template.
    private final class Parser {
        private static final String DIRECTIVE = "#@";
        /// Blocks within each other.
        private static final int MAX_DEPTH = 20;

        private final String[] source;
        private int at;

        Parser(String[] source) {
            this.source = source;
        }

        /// Reads to the end of a block: `#@end`, `#@else`, or the end of the text for the outermost.
        List<Node> block(int depth) {
            List<Node> nodes = new ArrayList<>();
            while (at < source.length) {
                int line = at + 1;
                String text = source[at];
                String directive = text.strip();
                if (!directive.startsWith(DIRECTIVE)) {
                    // All lines but the last end with a line end.
                    nodes.add(new Node.Text(line, ++at < source.length ? text + "\n" : text));
                    continue;
                }
                String words = directive.substring(DIRECTIVE.length()).strip();
                if (words.equals("end") || words.equals("else")) {
                    if (depth > 0) return nodes;
                    problem(line, 1, "#@" + words + " without #@if or #@for before it");
                    at++;
                    continue;
                }
                at++;
                directive(line, words, depth, nodes);
            }
            return nodes;
        }

        private void directive(int line, String words, int depth, List<Node> nodes) {
            Matcher condition = IF.matcher(words);
            Matcher loop = FOR.matcher(words);
            Matcher include = INCLUDE.matcher(words);
            if (depth == MAX_DEPTH) {
                problem(line, 1, "more than " + MAX_DEPTH + " blocks within each other");
            } else if (condition.matches()) {
                List<Node> then = block(depth + 1);
                List<Node> otherwise = List.of();
                if (is("else")) {
                    at++;
                    otherwise = block(depth + 1);
                }
                end(line, "#@if");
                nodes.add(new Node.If(line, condition.group(2), condition.group(1) == null, then, otherwise));
            } else if (loop.matches()) {
                List<Node> body = block(depth + 1);
                end(line, "#@for");
                nodes.add(new Node.For(line, loop.group(1), loop.group(2), body));
            } else if (include.matches()) {
                nodes.add(new Node.Include(line, include.group(1)));
            } else {
                problem(
                        line,
                        1,
                        "#@" + words + " is no directive; there are #@if NAME, #@if not NAME, #@else, #@for X in LIST, "
                                + "#@include FILE, #@end");
            }
        }

        private boolean is(String word) {
            return at < source.length
                    && source[at].strip().startsWith(DIRECTIVE)
                    && source[at].strip().substring(DIRECTIVE.length()).strip().equals(word);
        }

        private void end(int line, String what) {
            if (is("end")) {
                at++;
            } else {
                problem(line, 1, what + " without its #@end");
                if (is("else")) at++;
            }
        }
    }
}
