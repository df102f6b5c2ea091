package org.ekicho.site.repofile;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.ekicho.mirror.settings.ClientGeneration;
import org.ekicho.mirror.settings.Selection;

/// What the site decided about a section of a `.repo` file, and a `.repo` file cannot say.
///
/// @param enabled     whether it is synced without being named; empty: as the file says
/// @param versions    all versions of a package or the newest only
/// @param archs       architectures kept; empty: all
/// @param packages    names, globs or `@groups` to keep; empty: all
/// @param closure     whether what they require is kept with them
/// @param generation  oldest clients; empty: told from the release
/// @param signingKey  file of the key that signs rebuilt metadata
/// @param keys        files of public keys instead of those of the file; empty: those of the file
/// @param aliases     further addresses, in which variables are replaced
/// @param releasevers values of `$releasever`, one repository each; empty: the site's
/// @param basearches  values of `$basearch`, one repository each; empty: the site's
public record RepoChoice(
        Optional<Boolean> enabled,
        Selection.Versions versions,
        Set<String> archs,
        List<String> packages,
        Selection.Closure closure,
        Optional<ClientGeneration> generation,
        Optional<String> signingKey,
        List<String> keys,
        List<String> aliases,
        List<String> releasevers,
        List<String> basearches) {
    /// Everything as the file says.
    public static final RepoChoice AS_IT_IS = new RepoChoice(
            Optional.empty(),
            Selection.Versions.ALL,
            Set.of(),
            List.of(),
            Selection.Closure.NONE,
            Optional.empty(),
            Optional.empty(),
            List.of(),
            List.of(),
            List.of(),
            List.of());

    public RepoChoice {
        archs = Set.copyOf(archs);
        packages = List.copyOf(packages);
        keys = List.copyOf(keys);
        aliases = List.copyOf(aliases);
        releasevers = List.copyOf(releasevers);
        basearches = List.copyOf(basearches);
    }

    /// One variant of a section: its variables, and what is appended to its id.
    record Variant(String suffix, Variables variables) {}

    /// Every release with every architecture; the id tells apart only what there are several of.
    List<Variant> variants(Variables site) {
        List<String> releases = releasevers.isEmpty() ? List.of("") : releasevers;
        List<String> arches = basearches.isEmpty() ? List.of("") : basearches;
        return releases.stream()
                .flatMap(release -> arches.stream().map(arch -> variant(site, release, arch)))
                .toList();
    }

    private Variant variant(Variables site, String release, String arch) {
        Variables one = release.isEmpty() ? site : site.with(Variables.RELEASEVER, release);
        one = arch.isEmpty() ? one : one.with(Variables.BASEARCH, arch);
        return new Variant(
                (releasevers.size() > 1 ? "-" + release : "") + (basearches.size() > 1 ? "-" + arch : ""), one);
    }
}
