package org.ekicho.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.ekicho.daemon.mirror.index.IndexSettings;
import org.ekicho.daemon.mirror.index.IndexSettings.Choice;
import org.ekicho.daemon.mirror.index.IndexSettings.Comps;
import org.ekicho.daemon.mirror.index.IndexSettings.Databases;
import org.ekicho.daemon.mirror.index.IndexSettings.Digests;
import org.ekicho.daemon.mirror.index.IndexSettings.Effort;
import org.ekicho.daemon.mirror.index.IndexSettings.Extras;
import org.ekicho.daemon.mirror.index.IndexSettings.FileListsExt;
import org.ekicho.daemon.mirror.index.IndexSettings.FileNames;
import org.ekicho.daemon.mirror.index.IndexSettings.Form;
import org.ekicho.daemon.mirror.index.IndexSettings.Head;
import org.ekicho.daemon.mirror.index.IndexSettings.Keeping;
import org.ekicho.daemon.mirror.index.IndexSettings.Locations;
import org.ekicho.daemon.mirror.index.IndexSettings.OtherRecords;
import org.ekicho.daemon.mirror.index.IndexSettings.Outcome;
import org.ekicho.daemon.mirror.index.IndexSettings.Reuse;
import org.ekicho.daemon.mirror.index.IndexSettings.Symlinks;
import org.ekicho.daemon.mirror.index.IndexSettings.Tables;
import org.ekicho.daemon.mirror.index.IndexSettings.Timestamps;
import org.ekicho.mirror.codec.Codec;
import org.ekicho.mirror.hash.HashType;
import org.ekicho.mirror.repodata.Repomd;
import org.ekicho.mirror.settings.ClientGeneration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options of `ekicho mirror index`, by the names that createrepo_c has for them.
final class MirrorIndexOptions {
    @Option(
            names = "--for",
            paramLabel = "CLIENTS",
            description = "Write what the oldest clients read: el5, el6 (sqlite databases), el7, el8 (gzip), "
                    + "el9, el10, fedora (zstd). Default: el8, which every client since el6 reads.")
    private String generation = "el8";

    @Option(names = "--outputdir", paramLabel = "DIR", description = "Where repodata/ goes (default: the folder).")
    private @Nullable Path output;

    @Option(
            names = {"-x", "--excludes"},
            paramLabel = "GLOB",
            description = "Leave out files of such names or paths; may be repeated.")
    private List<String> excludes = new ArrayList<>();

    @Option(
            names = {"-i", "--pkglist"},
            paramLabel = "FILE",
            description = "Index exactly the files listed, one path a line.")
    private @Nullable Path packageList;

    @Option(
            names = {"-n", "--includepkg"},
            paramLabel = "PATH",
            description = "Index exactly this file; may be repeated, adds to --pkglist.")
    private List<String> includes = new ArrayList<>();

    @Option(
            names = {"-S", "--skip-symlinks"},
            description = "Pass by links.")
    private boolean skipSymlinks;

    @Option(
            names = {"-u", "--baseurl"},
            paramLabel = "URL",
            description = "Where packages are, when they are elsewhere than the metadata.")
    private @Nullable String baseUrl;

    @Option(names = "--location-prefix", paramLabel = "PATH", description = "Put before each location.")
    private String prefix = "";

    @Option(names = "--cut-dirs", paramLabel = "N", description = "Leave N leading folders out of each location.")
    private int cutDirs;

    @Option(
            names = {"-s", "--checksum"},
            paramLabel = "TYPE",
            description = "md5, sha, sha1, sha224, sha256, sha384 or sha512 (default: by --for, mostly sha256).")
    private @Nullable String checksum;

    @Option(names = "--repomd-checksum", paramLabel = "TYPE", description = "Another one for metadata files.")
    private @Nullable String repomdChecksum;

    @Option(
            names = {"--general-compress-type", "--compress-type"},
            paramLabel = "TYPE",
            description = "gz, bz2, xz, zstd or none (default: by --for).")
    private @Nullable String codec;

    @Option(names = "--xz", hidden = true)
    private boolean xz;

    @Option(names = "--unique-md-filenames", description = "Checksums in the names of metadata files (default).")
    @SuppressWarnings("UnusedVariable") // picocli reads it
    private boolean uniqueNames;

    @Option(names = "--simple-md-filenames", description = "No checksums in them; caches may mix old and new then.")
    private boolean simpleNames;

    @Option(
            names = {"-d", "--database"},
            negatable = true,
            fallbackValue = "true",
            description = "Make sqlite databases for yum 3, or none (default: by --for).")
    private @Nullable Boolean database;

    @Option(names = "--filelists-ext", description = "Also write filelists-ext.xml, with the digests of files.")
    private boolean filelistsExt;

    @Option(names = "--compatibility", description = "gzip, sqlite databases and plain comps, whatever --for says.")
    private boolean compatibility;

    @Option(names = "--changelog-limit", paramLabel = "N", description = "Newest entries of each change log (10).")
    private int changelogLimit = Form.CHANGELOG_LIMIT;

    @Option(names = "--revision", paramLabel = "TEXT", description = "Of the repository (default: the time).")
    private @Nullable String revision;

    @Option(
            names = "--set-timestamp-to-revision",
            description = "Same input, same bytes; needs a number as --revision.")
    private boolean timestampIsRevision;

    @Option(names = "--content", paramLabel = "TAG", description = "A word about the content; may be repeated.")
    private List<String> contents = new ArrayList<>();

    @Option(names = "--repo", paramLabel = "TAG", description = "A word about the repository; may be repeated.")
    private List<String> repos = new ArrayList<>();

    @Option(names = "--distro", paramLabel = "[CPE,]TAG", description = "The distribution; may be repeated.")
    private List<String> distros = new ArrayList<>();

    @Option(
            names = {"-g", "--groupfile"},
            paramLabel = "FILE",
            description = "comps.xml with groups; replaces the one that is there.")
    private @Nullable Path group;

    @Option(names = "--updateinfo", paramLabel = "FILE", description = "updateinfo.xml with advisories.")
    private @Nullable Path updateInfo;

    @Option(names = "--modules", paramLabel = "FILE", description = "modules.yaml with module streams.")
    private @Nullable Path modules;

    @Option(
            names = "--discard-additional-metadata",
            description = "Drop the other records that the repository has; they are carried along otherwise.")
    private boolean discard;

    @Option(names = "--retain-old-md", paramLabel = "N", description = "Keep the files of N replaced states (1).")
    private int retain = 1;

    @Option(names = "--retain-old-md-by-age", paramLabel = "AGE", description = "Keep replaced files for 2h, 30d, 10m.")
    private @Nullable String retainAge;

    @Option(names = "--update", description = "Read only files that are new or changed since the last run.")
    private boolean update;

    @Option(names = "--verify", description = "Verify the digests inside each package; skip those that are wrong.")
    private boolean verify;

    @Option(names = "--workers", paramLabel = "N", description = "Threads that read (default: one for each core).")
    private int workers = Runtime.getRuntime().availableProcessors();

    @Option(names = "--dry-run", description = "Say what would be read, and change nothing.")
    private boolean dryRun;

    /// The settings, or what is wrong with the options.
    ///
    /// @throws IllegalArgumentException with a sentence for the operator
    /// @throws IOException when the list of packages cannot be read
    IndexSettings settings(Path folder) throws IOException {
        ClientGeneration clients = ClientGeneration.of(generation)
                .orElseThrow(() -> new IllegalArgumentException("--for is el5, el6, el7, el8, el9, el10 or fedora, not "
                        + generation + "; take the oldest of your clients"));
        return IndexSettings.of(folder, clients)
                .in(output == null ? folder : output)
                .with(new Choice(skipSymlinks ? Symlinks.SKIP : Symlinks.FOLLOW, excludes, only()))
                .with(form(Form.of(clients)))
                .with(head())
                .with(new Extras(
                        Optional.ofNullable(group),
                        Optional.ofNullable(updateInfo),
                        Optional.ofNullable(modules),
                        discard ? OtherRecords.DROPPED : OtherRecords.KEPT))
                .with(new Keeping(retain, Optional.ofNullable(retainAge).map(MirrorIndexOptions::age)))
                .with(new Effort(
                        workers,
                        update ? Reuse.UNCHANGED_PACKAGES : Reuse.NOTHING,
                        verify ? Digests.VERIFIED : Digests.TAKEN,
                        dryRun ? Outcome.DRY_RUN : Outcome.PUBLISHED));
    }

    private Optional<List<String>> only() throws IOException {
        if (packageList == null && includes.isEmpty()) {
            return Optional.empty();
        }
        List<String> paths = new ArrayList<>(includes);
        if (packageList != null) {
            Files.readAllLines(packageList).stream()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .forEach(paths::add);
        }
        return Optional.of(paths);
    }

    private Form form(Form usual) {
        HashType type = checksum == null ? usual.checksum() : hash(checksum);
        Databases databases = usual.tables().databases();
        if (compatibility) {
            databases = Databases.SQLITE;
        }
        if (database != null) {
            databases = database ? Databases.SQLITE : Databases.NONE;
        }
        return new Form(
                type,
                repomdChecksum == null ? type : hash(repomdChecksum),
                codec(usual.codec()),
                compatibility ? Comps.PLAIN_AND_PACKED : usual.comps(),
                simpleNames ? FileNames.SIMPLE : FileNames.UNIQUE,
                new Tables(databases, filelistsExt ? FileListsExt.WRITTEN : FileListsExt.LEFT_OUT),
                changelogLimit,
                new Locations(Optional.ofNullable(baseUrl), prefix, cutDirs));
    }

    private Codec codec(Codec usual) {
        if (codec != null) {
            return Codec.ofWord(codec)
                    .orElseThrow(() -> new IllegalArgumentException(
                            "--general-compress-type is gz, bz2, xz, zstd or none, not " + codec));
        }
        return xz ? Codec.XZ : compatibility ? Codec.GZ : usual;
    }

    private Head head() {
        if (timestampIsRevision && (revision == null || !revision.matches("[0-9]{1,12}"))) {
            throw new IllegalArgumentException(
                    "--set-timestamp-to-revision needs a --revision of seconds since 1970, e.g. 1767225600");
        }
        List<Repomd.Tag> tags = new ArrayList<>();
        contents.forEach(text -> tags.add(new Repomd.Tag("content", text, Optional.empty())));
        repos.forEach(text -> tags.add(new Repomd.Tag("repo", text, Optional.empty())));
        for (String distro : distros) {
            int comma = distro.indexOf(',');
            tags.add(new Repomd.Tag(
                    "distro",
                    distro.substring(comma + 1),
                    comma < 0 ? Optional.empty() : Optional.of(distro.substring(0, comma))));
        }
        return new Head(
                Optional.ofNullable(revision),
                timestampIsRevision ? Timestamps.OF_THE_REVISION : Timestamps.OF_THE_FILES,
                tags);
    }

    private static HashType hash(String word) {
        return HashType.of(word)
                .orElseThrow(() -> new IllegalArgumentException(
                        "a checksum is md5, sha, sha1, sha224, sha256, sha384 or sha512, not " + word));
    }

    private static Duration age(String text) {
        if (!text.matches("[0-9]{1,6}[mhd]")) {
            throw new IllegalArgumentException("an age is a number and m, h or d, such as 2h or 30d, not " + text);
        }
        long n = Long.parseLong(text.substring(0, text.length() - 1));
        return switch (text.toLowerCase(Locale.ROOT).charAt(text.length() - 1)) {
            case 'm' -> Duration.ofMinutes(n);
            case 'h' -> Duration.ofHours(n);
            default -> Duration.ofDays(n);
        };
    }
}
