package org.ekicho.site.repofile;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ekicho.mirror.settings.RepoId;
import org.ekicho.mirror.settings.RepoSettings;
import org.ekicho.site.diagnostic.Diagnostic;
import org.ekicho.site.diagnostic.Diagnostics;
import org.ekicho.site.diagnostic.Position;

/// Reads a `.repo` file as settings of the mirror: the grammar of yum 3, dnf 4 and dnf 5.
public final class RepoFileReader {
    private RepoFileReader() {}

    /// What the site decided about the section of an id.
    @FunctionalInterface
    public interface Choices {
        /// Everything as the file says.
        Choices NONE = id -> RepoChoice.AS_IT_IS;

        RepoChoice of(String id);
    }

    /// One repository and where it was said.
    ///
    /// @param section its id in the file, which several releases share
    /// @param at      where its section begins
    public record ReadRepo(String section, Position at, RepoSettings settings) {}

    /// The repositories of a file that has nothing beside it.
    ///
    /// @param source    the file's name, for positions
    /// @param text      its text
    /// @param variables what `$releasever` and the like stand for
    /// @param problems  takes what is wrong
    /// @return those without an error, in the order of the file
    public static List<RepoSettings> read(String source, String text, Variables variables, Diagnostics problems) {
        return read(source, text, variables, Choices.NONE, problems).stream()
                .map(ReadRepo::settings)
                .toList();
    }

    /// The same with what the site file says of each section.
    public static List<ReadRepo> read(
            String source, String text, Variables variables, Choices choices, Diagnostics problems) {
        List<ReadRepo> repos = new ArrayList<>();
        for (RepoSection section : new RepoSections(source, problems).read(RepoFile.parse(text))) {
            RepoChoice choice = choices.of(section.id());
            for (RepoChoice.Variant variant : choice.variants(variables)) {
                id(section, variant, problems)
                        .flatMap(id -> new SectionSettings(section, choice, variant.variables(), problems).settings(id))
                        .ifPresent(s -> repos.add(new ReadRepo(section.id(), section.at(), s)));
            }
        }
        return repos;
    }

    private static Optional<RepoId> id(RepoSection section, RepoChoice.Variant variant, Diagnostics problems) {
        String id = section.id() + variant.suffix();
        if (RepoId.isValid(id)) {
            return Optional.of(new RepoId(id));
        }
        problems.add(Diagnostic.error(section.at(), "\"" + RepoSections.printable(id) + "\" is no id of a repository"));
        return Optional.empty();
    }
}
