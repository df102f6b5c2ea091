package org.ekicho.site.toml;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.ekicho.mirror.settings.ClientGeneration;
import org.ekicho.mirror.settings.RepoId;
import org.ekicho.mirror.settings.RepoSettings;
import org.ekicho.mirror.settings.RepoSettings.Check;
import org.ekicho.mirror.settings.Selection;
import org.ekicho.site.Surroundings;
import org.ekicho.site.diagnostic.Diagnostic;
import org.ekicho.site.diagnostic.Diagnostics;
import org.ekicho.site.diagnostic.Suggestions;
import org.ekicho.site.repofile.RepoChoice;
import org.ekicho.site.toml.SectionReader.Switched;

/// `[[mirror.repo]]`: choices about sections of `.repo` files, and repositories that have none. Belongs to one reading.
final class RepoTables {
    /// Keys about where an upstream repository comes from.
    private static final List<String> ABOUT_FILES = List.of("releasever", "basearch");

    private final Map<String, SectionReader> tables = new LinkedHashMap<>();
    private final Set<String> asked = new HashSet<>();
    private final MirrorPaths paths;
    private final Surroundings surroundings;
    private final Diagnostics problems;

    RepoTables(List<SectionReader> repos, MirrorPaths paths, Surroundings surroundings, Diagnostics problems) {
        this.paths = paths;
        this.surroundings = surroundings;
        this.problems = problems;
        repos.forEach(this::add);
    }

    private void add(SectionReader table) {
        Optional<String> id = table.requiredText("id");
        if (id.isEmpty()) {
            return;
        }
        if (!RepoId.isValid(id.get())) {
            problems.add(Diagnostic.error(table.at("id"), "id takes no \"" + SectionReader.printable(id.get()) + "\"")
                    .expected("letters, digits and - _ . :")
                    .example("id = \"base\""));
            return;
        }
        SectionReader first = tables.putIfAbsent(id.get(), table);
        if (first != null) {
            problems.add(Diagnostic.error(
                    table.at("id"),
                    "[[mirror.repo]] of \"" + id.get() + "\" stands in line "
                            + first.at("id").line() + " already"));
        }
    }

    /// What is decided about a section of a `.repo` file.
    RepoChoice choice(String id) {
        SectionReader table = tables.get(id);
        if (table == null || isOwn(table)) {
            return RepoChoice.AS_IT_IS;
        }
        asked.add(id);
        if (table.has("name")) {
            problems.add(
                    Diagnostic.warning(table.at("name"), "name is not used: \"" + id + "\" has one in its .repo file"));
        }
        return new RepoChoice(
                table.has("enabled") ? Optional.of(table.isOn("enabled", Switched.ON)) : Optional.empty(),
                versions(table),
                Set.copyOf(table.texts("archs")),
                table.texts("packages"),
                closure(table),
                generation(table),
                signingKey(table),
                paths.keys(table, "keys"),
                aliases(table),
                table.texts("releasever"),
                table.texts("basearch"));
    }

    private static boolean isOwn(SectionReader table) {
        return table.has("folder") || table.isOn("from-bundles", Switched.OFF);
    }

    private static Selection.Versions versions(SectionReader table) {
        return table.isOn("newest-only", Switched.OFF) ? Selection.Versions.NEWEST : Selection.Versions.ALL;
    }

    private static Selection.Closure closure(SectionReader table) {
        Switched usual = table.has("packages") ? Switched.ON : Switched.OFF;
        return table.isOn("closure", usual) ? Selection.Closure.DEPENDENCIES : Selection.Closure.NONE;
    }

    private static Optional<ClientGeneration> generation(SectionReader table) {
        return table.text("for").flatMap(ClientGeneration::of);
    }

    private Optional<String> signingKey(SectionReader table) {
        return paths.file(table, "sign-with");
    }

    private List<String> aliases(SectionReader table) {
        List<String> good = new ArrayList<>();
        List<String> aliases = table.texts("aliases");
        for (int i = 0; i < aliases.size(); i++) {
            String alias = aliases.get(i).replaceFirst("^/", "").replaceFirst("/$", "");
            boolean plain = alias.matches("[A-Za-z0-9$][A-Za-z0-9._+${}-]*(/[A-Za-z0-9$][A-Za-z0-9._+${}-]*)*");
            if (plain) {
                good.add(alias);
            } else {
                problems.add(Diagnostic.error(
                                table.at("aliases", i),
                                "aliases takes no \"" + SectionReader.printable(aliases.get(i)) + "\"")
                        .expected("a path of plain names")
                        .example("aliases = [\"centos/$releasever/os/$basearch\"]"));
            }
        }
        return good;
    }

    /// The repositories that have no `.repo` file, and complaints about tables that belong to nothing.
    ///
    /// @param sections ids of the sections of all `.repo` files
    List<Own> own(Set<String> sections) {
        List<Own> own = new ArrayList<>();
        tables.forEach((id, table) -> {
            if (isOwn(table)) {
                own.add(own(id, table));
            } else if (!asked.contains(id)) {
                problems.add(Diagnostic.error(
                                table.at("id"), "no .repo file has a section [" + SectionReader.printable(id) + "]")
                        .expected("the id of a section, or folder, or from-bundles = true")
                        .suggestion(Suggestions.nearest(id, sections)));
            }
        });
        return own;
    }

    /// One of them and its place.
    record Own(RepoSettings settings, SectionReader table) {}

    private Own own(String id, SectionReader table) {
        for (String key : ABOUT_FILES) {
            if (table.has(key)) {
                problems.add(Diagnostic.error(
                        table.at(key), key + " is about a .repo file, and \"" + id + "\" comes from none"));
            }
        }
        Optional<String> folder = table.text("folder");
        if (folder.isPresent() && table.isOn("from-bundles", Switched.OFF)) {
            problems.add(Diagnostic.error(
                    table.at("from-bundles"), "from-bundles contradicts folder: a repository has one source"));
        }
        RepoSettings.Source source = folder.isPresent()
                ? new RepoSettings.Source.Folder(surroundings.place(folder.get()))
                : new RepoSettings.Source.Bundles();
        List<String> keys = paths.keys(table, "keys");
        RepoSettings settings = new RepoSettings(
                new RepoId(id),
                table.text("name").orElse(id),
                source,
                table.isOn("enabled", Switched.ON),
                keys.isEmpty() ? Set.of() : Set.of(Check.PACKAGES),
                keys,
                new Selection(
                        versions(table),
                        Set.copyOf(table.texts("archs")),
                        List.of(),
                        List.of(),
                        table.texts("packages"),
                        closure(table)),
                generation(table).orElse(ClientGeneration.EL7),
                signingKey(table),
                aliases(table));
        return new Own(settings, table);
    }
}
