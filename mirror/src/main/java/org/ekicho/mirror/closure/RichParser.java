package org.ekicho.mirror.closure;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ekicho.mirror.rpm.Dependency;
import org.ekicho.mirror.rpm.Dependency.Range;
import org.ekicho.mirror.rpm.Dependency.Sense;

/// Parses rpm's boolean dependencies, `(a or (b >= 2 and c))` (rpm: `docs/manual/boolean_dependencies.md`).
public final class RichParser {
    /// Deepest nesting that is followed; packagers write two levels.
    static final int MAX_DEPTH = 32;
    /// Most parts of one expression; kernels' drivers have some hundred.
    static final int MAX_PARTS = 10_000;

    private final String text;
    private int at;
    private int parts;

    private RichParser(String text) {
        this.text = text;
    }

    /// What a dependency of primary.xml requires; a rich one that breaks the grammar is a plain one of that name, which
    /// nothing provides.
    public static Requirement parse(Dependency dependency) {
        String name = dependency.name();
        if (!name.startsWith("(")) {
            return new Requirement.Plain(dependency);
        }
        RichParser parser = new RichParser(name);
        Optional<Requirement> parsed = parser.group(0);
        return parsed.isPresent() && parser.at == name.length() ? parsed.get() : new Requirement.Plain(dependency);
    }

    /// `( term op term … )`.
    private Optional<Requirement> group(int depth) {
        if (depth > MAX_DEPTH) {
            return Optional.empty();
        }
        at++;
        List<Requirement> terms = new ArrayList<>();
        List<String> operators = new ArrayList<>();
        while (true) {
            Optional<Requirement> term = term(depth);
            if (term.isEmpty() || ++parts > MAX_PARTS) {
                return Optional.empty();
            }
            terms.add(term.get());
            skipBlanks();
            if (at < text.length() && text.charAt(at) == ')') {
                at++;
                return combine(terms, operators);
            }
            String operator = word();
            if (operator.isEmpty()) {
                return Optional.empty();
            }
            operators.add(operator);
        }
    }

    private static Optional<Requirement> combine(List<Requirement> terms, List<String> operators) {
        if (operators.isEmpty()) {
            return Optional.of(terms.getFirst());
        }
        String first = operators.getFirst();
        boolean same = operators.stream().allMatch(first::equals);
        return switch (first) {
            case "and" -> same ? Optional.of(new Requirement.All(terms)) : Optional.empty();
            case "or" -> same ? Optional.of(new Requirement.Any(terms)) : Optional.empty();
            case "if", "unless" -> {
                boolean withElse = operators.size() == 2 && operators.get(1).equals("else");
                yield operators.size() == 1 || withElse
                        ? Optional.of(new Requirement.When(
                                terms.get(0), terms.get(1), withElse ? Optional.of(terms.get(2)) : Optional.empty()))
                        : Optional.empty();
            }
            case "with" -> {
                Requirement all = terms.getFirst();
                for (Requirement next : terms.subList(1, terms.size())) {
                    all = new Requirement.Same(all, next);
                }
                yield same ? Optional.of(all) : Optional.empty();
            }
            case "without" ->
                operators.size() == 1
                        ? Optional.of(new Requirement.Except(terms.get(0), terms.get(1)))
                        : Optional.empty();
            default -> Optional.empty();
        };
    }

    private Optional<Requirement> term(int depth) {
        skipBlanks();
        if (at >= text.length()) {
            return Optional.empty();
        }
        if (text.charAt(at) == '(') {
            return group(depth + 1);
        }
        String name = word();
        if (name.isEmpty()) {
            return Optional.empty();
        }
        int before = at;
        Optional<Sense> sense = sense(word());
        if (sense.isEmpty()) {
            at = before;
            return Optional.of(new Requirement.Plain(new Dependency(name, Optional.empty(), false)));
        }
        String version = word();
        return version.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Requirement.Plain(new Dependency(name, Optional.of(range(sense.get(), version)), false)));
    }

    private static Optional<Sense> sense(String word) {
        return switch (word) {
            case "<" -> Optional.of(Sense.LT);
            case ">" -> Optional.of(Sense.GT);
            case "=", "==" -> Optional.of(Sense.EQ);
            case "<=", "=<" -> Optional.of(Sense.LE);
            case ">=", "=>" -> Optional.of(Sense.GE);
            default -> Optional.empty();
        };
    }

    /// `1:2.0-3`, cut at the first colon and the last dash, as rpm does.
    private static Range range(Sense sense, String evr) {
        int colon = evr.indexOf(':');
        String epoch = colon < 0 ? "" : evr.substring(0, colon);
        String rest = evr.substring(colon + 1);
        int dash = rest.lastIndexOf('-');
        return new Range(
                sense, epoch, dash < 0 ? rest : rest.substring(0, dash), dash < 0 ? "" : rest.substring(dash + 1));
    }

    /// Letters up to a blank, or to a closing bracket that was not opened in the word: `libfoo.so.1()(64bit)`.
    private String word() {
        skipBlanks();
        int start = at;
        int open = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == ' ' || c == '\t' || c == ',') {
                break;
            }
            if (c == '(') {
                open++;
            } else if (c == ')' && --open < 0) {
                break;
            }
            at++;
        }
        return text.substring(start, at);
    }

    private void skipBlanks() {
        while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t' || text.charAt(at) == ',')) {
            at++;
        }
    }
}
