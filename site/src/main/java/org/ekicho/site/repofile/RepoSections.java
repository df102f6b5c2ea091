package org.ekicho.site.repofile;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.ekicho.mirror.settings.RepoId;
import org.ekicho.site.diagnostic.Diagnostic;
import org.ekicho.site.diagnostic.Diagnostics;
import org.ekicho.site.diagnostic.Position;
import org.ekicho.site.diagnostic.Suggestions;
import org.jspecify.annotations.Nullable;

/// Puts the lines of a `.repo` file into sections as yum and dnf do: of two values of a key the last counts, of two
/// sections of one id both do. Belongs to one reading.
final class RepoSections {
    /// Any address with its parameters is shorter.
    static final int MAX_LINE = 8192;
    /// The section of yum.conf, dnf.conf, not of a repository.
    private static final String MAIN = "main";

    private final String source;
    private final Diagnostics problems;
    private final Map<String, RepoSection> sections = new LinkedHashMap<>();
    private @Nullable RepoSection section;
    private @Nullable String key;

    RepoSections(String source, Diagnostics problems) {
        this.source = source;
        this.problems = problems;
    }

    List<RepoSection> read(RepoFile file) {
        file.lines().forEach(this::take);
        sections.remove(MAIN);
        return List.copyOf(sections.values());
    }

    private void take(RepoLine line) {
        Position at = new Position(source, line.number(), 1);
        if (line.text().length() > MAX_LINE) {
            problems.add(
                    Diagnostic.error(at, "line of " + line.text().length() + " characters; the limit is " + MAX_LINE));
            return;
        }
        switch (line.form()) {
            case RepoLine.Form.Blank _, RepoLine.Form.Comment _ -> {}
            case RepoLine.Form.Commented(String commented, String value) -> {
                if (section != null) {
                    section.commented().putIfAbsent(commented.toLowerCase(Locale.ROOT), value);
                }
            }
            case RepoLine.Form.Header(String id, String behind) -> begin(id, behind, at);
            case RepoLine.Form.Setting(String name, String value) -> set(name, value, at);
            case RepoLine.Form.Continuation(String value) -> continued(value, at);
            case RepoLine.Form.Unclear _ ->
                problems.add(Diagnostic.error(at, "neither [id] nor key=value")
                        .expected("a setting, a comment that begins with #, or a blank at the start to continue a list")
                        .example("enabled=1"));
        }
    }

    private void begin(String id, String behind, Position at) {
        key = null;
        if (!RepoId.isValid(id)) {
            problems.add(Diagnostic.error(at, "\"" + printable(id) + "\" is no id of a repository")
                    .expected("letters, digits and - _ . :, at most " + RepoId.MAX_LENGTH)
                    .example("[base]"));
            section = new RepoSection(id, at);
            return;
        }
        if (!behind.isEmpty() && !behind.startsWith("#") && !behind.startsWith(";")) {
            problems.add(
                    Diagnostic.warning(at, "the text behind [" + id + "] is passed over; dnf refuses such a file"));
        }
        if (id.equals(MAIN)) {
            problems.add(Diagnostic.hint(at, "[main] is about yum or dnf itself and is passed over"));
        }
        RepoSection first = sections.get(id);
        if (first != null) {
            problems.add(Diagnostic.warning(
                    at,
                    "[" + id + "] begins in line " + first.at().line()
                            + " already; both are one repository, as yum and dnf see it"));
        }
        section = sections.computeIfAbsent(id, i -> new RepoSection(i, at));
    }

    private void set(String name, String value, Position at) {
        if (section == null) {
            problems.add(Diagnostic.error(at, "\"" + printable(name) + "\" stands before the first [id]")
                    .example("[base]"));
            return;
        }
        String lower = name.toLowerCase(Locale.ROOT);
        key = lower;
        if (!lower.equals(name)) {
            problems.add(Diagnostic.warning(at, "dnf knows keys in lower case only: \"" + printable(name) + "\"")
                    .suggestion(Optional.of(lower)));
        }
        if (!RepoKeys.ALL.contains(lower)) {
            unknown(lower, at);
        }
        RepoValue before = section.values().put(lower, new RepoValue(lower, value, at));
        if (before != null && before.at().line() != at.line()) {
            problems.add(Diagnostic.warning(
                    at,
                    printable(lower) + " of [" + section.id() + "] stands in line "
                            + before.at().line() + " already; the last one counts"));
        }
    }

    private void unknown(String name, Position at) {
        Optional<String> near = Suggestions.nearest(name, RepoKeys.ALL);
        String message = "unknown key \"" + printable(name) + "\"; it is passed over";
        problems.add(
                near.isPresent()
                        ? Diagnostic.warning(at, message).suggestion(near)
                        : Diagnostic.hint(at, message + ", as yum and dnf do"));
    }

    private void continued(String value, Position at) {
        if (section == null || key == null) {
            problems.add(Diagnostic.error(at, "the line begins with a blank, but there is no value above to continue")
                    .expected("settings at the start of the line"));
            return;
        }
        section.values().computeIfPresent(key, (k, v) -> v.and(value));
        if (RepoLine.of(1, value, "").form() instanceof RepoLine.Form.Setting(String name, String _)
                && RepoKeys.ALL.contains(name.toLowerCase(Locale.ROOT))) {
            problems.add(Diagnostic.warning(
                            at, "the blank at the start makes this line a part of " + key + ", not a setting")
                    .expected("settings at the start of the line"));
        }
    }

    /// Cut short and without control characters, for messages.
    static String printable(String text) {
        String cut = text.length() > 80 ? text.substring(0, 80) + "…" : text;
        return cut.replaceAll("\\p{Cntrl}", "?");
    }
}
