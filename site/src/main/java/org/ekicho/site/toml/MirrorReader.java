package org.ekicho.site.toml;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.ekicho.mirror.settings.MirrorSettings;
import org.ekicho.mirror.settings.RepoId;
import org.ekicho.mirror.settings.RepoSettings;
import org.ekicho.mirror.snapshot.MirrorLayout;
import org.ekicho.site.MirrorFiles;
import org.ekicho.site.NamedFile;
import org.ekicho.site.Surroundings;
import org.ekicho.site.diagnostic.Diagnostic;
import org.ekicho.site.diagnostic.Diagnostics;
import org.ekicho.site.diagnostic.Position;
import org.ekicho.site.repofile.RepoFileReader;
import org.ekicho.site.repofile.RepoFileReader.ReadRepo;
import org.ekicho.site.repofile.Variables;

/// The `[mirror]` tables of a site file, and the `.repo` files that they name, as settings.
final class MirrorReader {
    /// dnf's `metadata_expire`: a client may ask for files of a state that it saw so long ago.
    private static final Duration DNF_EXPIRE = Duration.ofDays(2);

    private final SectionReader mirror;
    private final SectionReader vars;
    private final Surroundings surroundings;
    private final Diagnostics problems;
    private final Map<RepoId, String> places = new HashMap<>();
    private final Optional<MirrorSettings> settings;

    MirrorReader(SiteFile file, Surroundings surroundings, Diagnostics problems) {
        this.mirror = file.once(MirrorSchema.MIRROR);
        this.vars = file.once(MirrorSchema.VARS);
        this.surroundings = surroundings;
        this.problems = problems;
        this.settings = mirror.isPresent() ? Optional.of(read(file)) : Optional.empty();
    }

    /// Empty unless the file speaks of a mirror.
    Optional<MirrorSettings> settings() {
        return settings;
    }

    MirrorFiles files() {
        return new MirrorFiles(places, variables());
    }

    private MirrorSettings read(SiteFile file) {
        MirrorPaths paths = new MirrorPaths(surroundings, problems);
        String folder = surroundings.place(mirror.text("folder").orElse(MirrorSettings.DEFAULT_FOLDER));
        RepoTables tables = new RepoTables(file.many(MirrorSchema.REPO), paths, surroundings, problems);
        return new MirrorSettings(
                folder,
                url(),
                repos(repoFiles(folder), tables),
                new ServeReader(file.once(MirrorSchema.SERVE), paths, problems).settings(),
                mirror.span("sync-every"),
                grace(),
                mirror.whole("keep", MirrorSettings.DEFAULT_KEEP),
                mirror.whole("parallel", MirrorSettings.DEFAULT_PARALLEL),
                mirror.text("bandwidth")
                        .map(text -> OptionalLong.of(Kind.Rate.parse(text)))
                        .orElse(OptionalLong.empty()));
    }

    private Optional<String> url() {
        Optional<String> written = mirror.text("url");
        Optional<String> url = written.flatMap(MirrorReader::webAddress);
        if (written.isPresent() && url.isEmpty()) {
            problems.add(noWebAddress(mirror.at("url"), written.get(), "url = \"http://mirror.lan\""));
        }
        return url;
    }

    /// An address of a web server without a slash at the end.
    static Optional<String> webAddress(String text) {
        return text.matches("https?://[A-Za-z0-9._:\\[\\]-]+(/[A-Za-z0-9._~/-]*)?")
                ? Optional.of(text.replaceFirst("/+$", ""))
                : Optional.empty();
    }

    static Diagnostic noWebAddress(Position at, String text, String example) {
        return Diagnostic.error(at, "\"" + SectionReader.printable(text) + "\" is no address of a web server")
                .expected("http:// or https:// with a host, a path at most")
                .example(example);
    }

    private Duration grace() {
        Duration grace = mirror.span("grace").orElse(MirrorSettings.DEFAULT_GRACE);
        if (grace.compareTo(DNF_EXPIRE) < 0) {
            problems.add(Diagnostic.warning(
                            mirror.at("grace"),
                            "grace is shorter than the 48 hours for which dnf believes metadata: a client may ask for "
                                    + "a package that is gone")
                    .example("grace = \"3d\""));
        }
        return grace;
    }

    /// The files named, then those that `mirror add` wrote; each once.
    private List<String> repoFiles(String folder) {
        Set<String> files = new LinkedHashSet<>();
        List<String> patterns = mirror.texts("repo-files");
        for (int i = 0; i < patterns.size(); i++) {
            List<String> found = surroundings.files(patterns.get(i));
            if (found.isEmpty()) {
                problems.add(Diagnostic.warning(
                        mirror.at("repo-files", i),
                        "no file is there by \"" + SectionReader.printable(patterns.get(i)) + "\""));
            }
            found.stream().map(surroundings::place).forEach(files::add);
        }
        surroundings.files(folder + "/" + MirrorLayout.REPO_FILES + "/*.repo").stream()
                .map(surroundings::place)
                .forEach(files::add);
        return List.copyOf(files);
    }

    private List<RepoSettings> repos(List<String> files, RepoTables tables) {
        Map<RepoId, RepoSettings> repos = new LinkedHashMap<>();
        Set<String> sections = new HashSet<>();
        Variables variables = variables();
        for (String path : files) {
            for (ReadRepo read : read(path, variables, tables)) {
                sections.add(read.section());
                checkKeys(read);
                add(repos, read.settings(), read.at());
            }
        }
        for (RepoTables.Own own : tables.own(sections)) {
            add(repos, own.settings(), own.table().at("id"));
        }
        return new ArrayList<>(repos.values());
    }

    private Variables variables() {
        Map<String, String> values = new HashMap<>(Variables.USUAL.values());
        vars.names().forEach(name -> vars.text(name).ifPresent(value -> values.put(name, value)));
        return new Variables(values);
    }

    private List<ReadRepo> read(String path, Variables variables, RepoTables tables) {
        switch (surroundings.file(path)) {
            case NamedFile.Unreadable(String reason) -> {
                problems.add(Diagnostic.error(mirror.at("repo-files"), "cannot read " + path + ": " + reason));
                return List.of();
            }
            case NamedFile.Found found -> {
                return RepoFileReader.read(path, found.utf8(), variables, tables::choice, problems);
            }
        }
    }

    /// A key that only the distribution's own hosts have would fail every sync.
    private void checkKeys(ReadRepo read) {
        for (String key : read.settings().checks().isEmpty()
                ? List.<String>of()
                : read.settings().gpgKeys()) {
            if (surroundings.file(key) instanceof NamedFile.Unreadable(String reason)) {
                problems.add(Diagnostic.warning(
                                read.at(),
                                "[" + read.section() + "] is checked with " + SectionReader.printable(key)
                                        + ", which cannot be read (" + reason + "): every sync of it will be refused")
                        .expected("the file, or another one")
                        .example("keys = [\"keys/" + read.section() + "\"] in [[mirror.repo]]"));
            }
        }
    }

    private void add(Map<RepoId, RepoSettings> repos, RepoSettings repo, Position at) {
        if (repos.putIfAbsent(repo.id(), repo) != null) {
            problems.add(Diagnostic.error(
                            at, "repository \"" + repo.id() + "\" is said in " + places.get(repo.id()) + " already")
                    .expected("another id"));
            return;
        }
        places.put(repo.id(), at.toString());
    }
}
