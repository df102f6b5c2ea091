package org.ekicho.site.toml;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.ekicho.ntp.settings.TimeSettings;
import org.ekicho.site.SiteReading;
import org.ekicho.site.SiteSettings;
import org.ekicho.site.Surroundings;
import org.ekicho.site.diagnostic.Diagnostic;
import org.ekicho.site.diagnostic.Diagnostics;
import org.ekicho.site.diagnostic.Position;
import org.ekicho.site.diagnostic.Report;
import org.ekicho.site.diagnostic.Suggestions;
import org.jspecify.annotations.Nullable;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseError;
import org.tomlj.TomlParseOptions;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/// Reads the site file. All problems are told at once, those of the files that it names too.
public final class SiteFile {
    private final String source;
    private final Diagnostics problems = new Diagnostics();
    private final TomlTable root;

    private SiteFile(String source, TomlTable root) {
        this.source = source;
        this.root = root;
    }

    /// @param source       the file's name, for positions
    /// @param text         its text (TOML is UTF-8)
    /// @param surroundings gives the files and names that it refers to
    public static SiteReading read(String source, String text, Surroundings surroundings) {
        TomlParseResult parsed = Toml.parse(text, TomlParseOptions.sourceless());
        SiteFile file = new SiteFile(source, parsed);
        file.syntax(parsed.errors());
        if (headerIsBroken(text, parsed.errors())) {
            return new SiteReading(Optional.empty(), file.problems.report());
        }
        SiteSettings settings = file.settings(surroundings);
        Report report = file.problems.report();
        return new SiteReading(report.hasErrors() ? Optional.empty() : Optional.of(settings), report);
    }

    private void syntax(List<TomlParseError> errors) {
        for (TomlParseError error : errors) {
            TomlPosition at = error.position();
            problems.add(Diagnostic.error(
                    new Position(source, at.line(), at.column()),
                    "not TOML: " + SectionReader.printable(String.valueOf(error.getMessage()))));
        }
    }

    /// Below a header that could not be read, every key would seem to stand in the wrong table.
    private static boolean headerIsBroken(String text, List<TomlParseError> errors) {
        if (errors.isEmpty()) {
            return false;
        }
        List<String> lines = text.lines().toList();
        return errors.stream()
                .mapToInt(e -> e.position().line() - 1)
                .anyMatch(i -> i >= lines.size() || lines.get(i).stripLeading().startsWith("["));
    }

    private SiteSettings settings(Surroundings surroundings) {
        checkTop();
        SectionReader site = once(SiteSchema.SITE);
        String name = site.requiredText("name").orElse("");
        TimeReader time = new TimeReader(this, surroundings, problems);
        Optional<TimeSettings> timeSettings = time.settings();
        MirrorReader mirror = new MirrorReader(this, surroundings, problems);
        return new SiteSettings(
                name,
                site.text("state-directory").orElse(SiteSettings.DEFAULT_STATE_DIRECTORY),
                site.text("control-socket").orElse(SiteSettings.DEFAULT_CONTROL_SOCKET),
                timeSettings,
                time.files(),
                mirror.settings(),
                mirror.files(),
                new BootReader(this, surroundings, problems).settings());
    }

    /// At the top stand tables only.
    private void checkTop() {
        Set<String> known = new TreeSet<>();
        SiteSchema.below("").forEach(s -> known.add(s.name()));
        for (String name : root.keySet()) {
            if (!known.contains(name)) {
                String home = SiteSchema.home(name)
                        .map(s -> "; it belongs into " + s.header())
                        .orElse("");
                problems.add(Diagnostic.error(
                                position(root.inputPositionOf(List.of(name))),
                                "unknown table or key \"" + SectionReader.printable(name) + "\"" + home)
                        .expected("[" + String.join("] or [", known) + "]")
                        .suggestion(Suggestions.nearest(name, known)));
            }
        }
    }

    /// A table that stands once or not at all.
    SectionReader once(Section section) {
        Object value = find(section);
        Position at = at(section);
        if (value instanceof TomlArray) {
            problems.add(Diagnostic.error(at, "[[" + section.name() + "]] stands once only")
                    .example(section.header()));
        } else if (value != null && !(value instanceof TomlTable)) {
            problems.add(Diagnostic.error(at, section.name() + " is a table").example(section.header()));
        }
        TomlTable table = value instanceof TomlTable found ? found : null;
        return new SectionReader(source, section, table, table == null ? Position.ofFile(source) : at, problems);
    }

    /// The tables of a section that may stand many times.
    List<SectionReader> many(Section section) {
        Object value = find(section);
        List<SectionReader> readers = new ArrayList<>();
        if (value instanceof TomlArray array) {
            for (int i = 0; i < array.size(); i++) {
                if (array.get(i) instanceof TomlTable table) {
                    Position at = position(array.inputPositionOf(i));
                    readers.add(new SectionReader(source, section, table, at, problems));
                } else {
                    wrongTable(section);
                    break;
                }
            }
        } else if (value != null) {
            wrongTable(section);
        }
        return readers;
    }

    private void wrongTable(Section section) {
        Position at = at(section);
        problems.add(Diagnostic.error(at, section.name() + " is written with two brackets, once for each")
                .example(section.header()));
    }

    /// Where a table, or what stands in its place, begins.
    private Position at(Section section) {
        TomlTable table = root;
        TomlPosition at = null;
        for (String part : section.name().split("\\.", -1)) {
            if (table == null) {
                break;
            }
            at = table.inputPositionOf(List.of(part));
            table = table.get(List.of(part)) instanceof TomlTable inner ? inner : null;
        }
        return position(at);
    }

    private @Nullable Object find(Section section) {
        Object value = root;
        for (String part : section.name().split("\\.", -1)) {
            value = value instanceof TomlTable table ? table.get(List.of(part)) : null;
        }
        return value;
    }

    private Position position(@Nullable TomlPosition position) {
        return position == null ? Position.ofFile(source) : new Position(source, position.line(), position.column());
    }
}
