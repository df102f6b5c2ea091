package org.ekicho.site.toml;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.ekicho.site.diagnostic.Diagnostic;
import org.ekicho.site.diagnostic.Diagnostics;
import org.ekicho.site.diagnostic.Position;
import org.ekicho.site.diagnostic.Suggestions;
import org.jspecify.annotations.Nullable;
import org.tomlj.TomlArray;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/// One table of a site file: checked against its section once, then read key by key. A value that was wrong is absent
/// afterwards, so that one mistake is told once.
final class SectionReader {
    private final String source;
    private final Section section;
    private final @Nullable TomlTable table;
    private final Position at;
    private final Diagnostics problems;
    private final Set<String> bad = new HashSet<>();
    private final Set<String> mistyped = new HashSet<>();

    /// @param table the table's content, null when the file does not have it
    /// @param at    where it begins
    SectionReader(String source, Section section, @Nullable TomlTable table, Position at, Diagnostics problems) {
        this.source = source;
        this.section = section;
        this.table = table;
        this.at = at;
        this.problems = problems;
        if (table != null) {
            check(table);
        }
    }

    boolean isPresent() {
        return table != null;
    }

    /// Where the table begins.
    Position at() {
        return at;
    }

    private void check(TomlTable present) {
        Set<String> tables = new HashSet<>();
        SiteSchema.below(section.name()).forEach(s -> tables.add(s.lastName()));
        for (String name : present.keySet()) {
            if (!tables.contains(name)) {
                section.find(name).ifPresentOrElse(key -> check(present, key), () -> unknown(name, tables));
            }
        }
    }

    private void check(TomlTable present, Key key) {
        Object value = present.get(List.of(key.name()));
        if (value == null || key.kind().takes(value)) {
            return;
        }
        bad.add(key.name());
        if (value instanceof TomlArray array && key.kind() instanceof Kind.ListOf(Kind item)) {
            for (int i = 0; i < array.size(); i++) {
                if (!item.takes(array.get(i))) {
                    problems.add(wrong(position(array.inputPositionOf(i)), key, item, array.get(i)));
                }
            }
            return;
        }
        problems.add(wrong(at(key.name()), key, key.kind(), value));
    }

    private static Diagnostic wrong(Position at, Key key, Kind kind, Object value) {
        boolean simple = value instanceof String || value instanceof Number || value instanceof Boolean;
        String shown = simple ? value instanceof String ? "\"" + value + "\"" : value.toString() : "this";
        Optional<String> near = kind instanceof Kind.Choice(List<String> choices) && value instanceof String text
                ? Suggestions.nearest(text, choices)
                : Optional.empty();
        return Diagnostic.error(at, key.name() + " takes no " + printable(shown))
                .expected(kind.words())
                .example(key.name() + " = " + key.example())
                .suggestion(near);
    }

    private void unknown(String name, Set<String> tables) {
        List<String> known =
                new ArrayList<>(section.keys().stream().map(Key::name).toList());
        known.addAll(tables);
        Optional<String> near = Suggestions.nearest(name, known);
        near.ifPresent(mistyped::add);
        String home = near.isPresent()
                ? ""
                : SiteSchema.home(name)
                        .map(s -> "; it belongs into " + s.header())
                        .orElse("");
        problems.add(Diagnostic.error(at(name), "unknown key \"" + printable(name) + "\" in " + section.header() + home)
                .suggestion(near));
    }

    static String printable(String text) {
        String cut = text.length() > 80 ? text.substring(0, 80) + "…" : text;
        return cut.replaceAll("\\p{Cntrl}", "?");
    }

    /// Where a key stands; the table's place when it does not.
    Position at(String key) {
        return table == null ? at : position(table.inputPositionOf(List.of(key)));
    }

    /// Where an item of a list stands.
    Position at(String key, int index) {
        TomlArray array = table == null ? null : (TomlArray) table.get(List.of(key));
        return array == null ? at : position(array.inputPositionOf(index));
    }

    private Position position(@Nullable TomlPosition position) {
        return position == null ? at : new Position(source, position.line(), position.column());
    }

    boolean has(String key) {
        return table != null && table.contains(List.of(key));
    }

    /// True when the key is there with a value that it does not take, which is told already.
    boolean isWrong(String key) {
        return bad.contains(key);
    }

    private @Nullable Object value(String key) {
        if (section.find(key).isEmpty()) {
            throw new IllegalArgumentException("no key " + key + " in " + section.header());
        }
        return table == null || bad.contains(key) ? null : table.get(List.of(key));
    }

    Optional<String> text(String key) {
        return Optional.ofNullable((String) value(key));
    }

    /// The same, with an error when it is missing and was not just mistyped.
    Optional<String> requiredText(String key) {
        if (!has(key) && !mistyped.contains(key)) {
            problems.add(Diagnostic.error(at, section.header() + " lacks " + key)
                    .example(key + " = " + section.find(key).orElseThrow().example()));
        }
        return text(key);
    }

    boolean isOn(String key, Switched otherwise) {
        Boolean value = (Boolean) value(key);
        return value == null ? otherwise == Switched.ON : value;
    }

    /// What a switch is without being set.
    enum Switched {
        ON,
        OFF
    }

    int whole(String key, int otherwise) {
        Long value = (Long) value(key);
        return value == null ? otherwise : value.intValue();
    }

    /// A key that takes a time span.
    Optional<Duration> span(String key) {
        return text(key).map(Kind.Span::parse);
    }

    /// The keys that are there with a value that they take.
    Set<String> names() {
        Set<String> names = new TreeSet<>(table == null ? Set.of() : table.keySet());
        names.removeAll(bad);
        return names;
    }

    double decimal(String key, double otherwise) {
        Number value = (Number) value(key);
        return value == null ? otherwise : value.doubleValue();
    }

    List<String> texts(String key) {
        TomlArray array = (TomlArray) value(key);
        List<String> texts = new ArrayList<>();
        for (int i = 0; array != null && i < array.size(); i++) {
            texts.add(array.getString(i));
        }
        return texts;
    }

    List<Integer> wholes(String key) {
        TomlArray array = (TomlArray) value(key);
        List<Integer> wholes = new ArrayList<>();
        for (int i = 0; array != null && i < array.size(); i++) {
            wholes.add((int) array.getLong(i));
        }
        return wholes;
    }
}
