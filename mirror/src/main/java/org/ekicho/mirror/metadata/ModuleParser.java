package org.ekicho.mirror.metadata;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ekicho.mirror.MirrorReason;
import org.ekicho.mirror.RefusedException;

/// Understands the lines of one modulemd document as far as needed: by their indentation it knows under which keys each
/// stands, and keeps the few values that are asked for.
final class ModuleParser {
    /// Most artifacts of a module.
    static final int MAX_ARTIFACTS = 200_000;
    /// Deepest nesting that is followed.
    private static final int MAX_DEPTH = 64;

    private static final String ARTIFACTS = "data.artifacts.rpms";
    private static final Set<String> WANTED = Set.of(
            "document",
            "version",
            "data.name",
            "data.module",
            "data.stream",
            "data.version",
            "data.context",
            "data.arch");

    private final BoundedLines lines;
    private final StringBuilder text = new StringBuilder();
    private final Deque<Key> open = new ArrayDeque<>();
    private final Map<String, String> values = new HashMap<>();
    private final List<String> artifacts = new ArrayList<>();
    private int blockScalarIndent = -1;
    private boolean flowOpen;
    private boolean anything;

    ModuleParser(BoundedLines lines) {
        this.lines = lines;
    }

    private record Key(int indent, String path) {}

    /// Whether no line of content was added.
    boolean isEmpty() {
        return !anything;
    }

    int length() {
        return text.length();
    }

    /// Adds `---` or `...`, which is kept and not read.
    void addMarker(String line) {
        text.append(line).append('\n');
    }

    /// Adds a line between markers.
    void add(String line) throws RefusedException {
        text.append(line).append('\n');
        if (line.startsWith("%")) {
            return;
        }
        String content = line.strip();
        if (content.isEmpty() || (content.startsWith("#") && blockScalarIndent < 0)) {
            return;
        }
        anything = true;
        int indent = line.length() - line.stripLeading().length();
        if (flowOpen) {
            flow(content);
            return;
        }
        if (blockScalarIndent >= 0) {
            if (indent > blockScalarIndent) {
                return;
            }
            blockScalarIndent = -1;
        }
        if (content.startsWith("{") && open.isEmpty()) {
            throw lines.refusal(MirrorReason.MALFORMED, "a document in flow style");
        }
        read(indent, content);
    }

    private void read(int indent, String content) throws RefusedException {
        if (content.startsWith("- ") || content.equals("-")) {
            // An item may stand as deep as the key that it belongs to.
            closeTo(indent + 1);
            item(content.length() > 1 ? content.substring(2).strip() : "");
            return;
        }
        closeTo(indent);
        int colon = colonOf(content);
        if (colon < 0) {
            return; // a further line of a text
        }
        if (open.size() == MAX_DEPTH) {
            throw lines.refusal(MirrorReason.TOO_LARGE, "more than " + MAX_DEPTH + " levels");
        }
        String name = unquote(content.substring(0, colon).strip());
        String path = open.isEmpty() ? name : open.peek().path() + "." + name;
        open.push(new Key(indent, path));
        value(path, content.substring(colon + 1).strip(), indent);
    }

    private void closeTo(int indent) {
        while (!open.isEmpty() && open.peek().indent() >= indent) {
            open.pop();
        }
    }

    private void value(String path, String value, int indent) throws RefusedException {
        if (value.startsWith("|") || value.startsWith(">")) {
            blockScalarIndent = indent;
        } else if (path.equals(ARTIFACTS) && value.startsWith("[")) {
            flowOpen = true;
            flow(value.substring(1));
        } else if (WANTED.contains(path) && values.putIfAbsent(path, unquote(value)) != null) {
            throw lines.refusal(MirrorReason.MALFORMED, "two lines for " + path);
        }
    }

    /// An item of a list under the innermost open key. One that holds keys of its own is of no interest.
    private void item(String content) throws RefusedException {
        boolean isArtifact = !open.isEmpty() && open.peek().path().equals(ARTIFACTS);
        if (content.startsWith("|") || content.startsWith(">")) {
            blockScalarIndent = open.isEmpty() ? 0 : open.peek().indent();
        }
        if (isArtifact) {
            artifact(unquote(content));
        }
    }

    /// A line of a flow list: words with commas between, until `]`.
    private void flow(String content) throws RefusedException {
        int end = content.indexOf(']');
        for (String word : (end < 0 ? content : content.substring(0, end)).split(",", -1)) {
            String bare = unquote(word.strip());
            if (!bare.isEmpty()) {
                artifact(bare);
            }
        }
        flowOpen = end < 0;
    }

    private void artifact(String nevra) throws RefusedException {
        if (nevra.startsWith("*") || nevra.startsWith("&") || nevra.startsWith("!")) {
            throw lines.refusal(MirrorReason.MALFORMED, "an anchor, alias or tag in place of a package");
        }
        artifacts.add(nevra);
        if (artifacts.size() > MAX_ARTIFACTS) {
            throw lines.refusal(MirrorReason.TOO_LARGE, "more than " + MAX_ARTIFACTS + " packages in a module");
        }
    }

    /// The colon that ends a key: one with a blank after it or at the end, outside of quotation marks.
    private static int colonOf(String content) {
        char quote = 0;
        for (int i = 0; i < content.length(); i++) {
            char c = content.charAt(i);
            if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if ((c == '"' || c == '\'') && i == 0) {
                quote = c;
            } else if (c == ':' && (i + 1 == content.length() || content.charAt(i + 1) == ' ')) {
                return i;
            } else if (c == '#' && i > 0 && content.charAt(i - 1) == ' ') {
                return -1;
            }
        }
        return -1;
    }

    /// A word without its quotation marks, or without the comment behind it.
    private static String unquote(String value) {
        if (value.length() >= 2 && (value.charAt(0) == '"' || value.charAt(0) == '\'')) {
            int end = value.indexOf(value.charAt(0), 1);
            return end < 0 ? value : value.substring(1, end);
        }
        int comment = value.indexOf(" #");
        return comment < 0 ? value : value.substring(0, comment).strip();
    }

    ModuleDocument document() throws RefusedException {
        if (flowOpen) {
            throw lines.refusal(MirrorReason.MALFORMED, "a list that does not end");
        }
        ModuleDocument.Kind kind = switch (values.getOrDefault("document", "")) {
            case "modulemd", "modulemd-stream" -> ModuleDocument.Kind.MODULE;
            case "modulemd-defaults" -> ModuleDocument.Kind.DEFAULTS;
            case "modulemd-obsoletes" -> ModuleDocument.Kind.OBSOLETES;
            case "modulemd-translations" -> ModuleDocument.Kind.TRANSLATIONS;
            case "" ->
                throw lines.refusal(MirrorReason.NOT_WHAT_IT_SHOULD_BE, "a document that does not say what it is");
            default -> ModuleDocument.Kind.OTHER;
        };
        String name = values.getOrDefault(kind == ModuleDocument.Kind.MODULE ? "data.name" : "data.module", "");
        if (name.isEmpty() && kind != ModuleDocument.Kind.OTHER) {
            throw lines.refusal(MirrorReason.MALFORMED, "a document without the name of its module");
        }
        return new ModuleDocument(
                kind,
                name,
                values.getOrDefault("data.stream", ""),
                values.getOrDefault("data.version", ""),
                values.getOrDefault("data.context", ""),
                values.getOrDefault("data.arch", ""),
                artifacts,
                text.toString());
    }
}
