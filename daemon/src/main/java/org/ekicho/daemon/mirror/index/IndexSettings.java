package org.ekicho.daemon.mirror.index;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.ekicho.mirror.codec.Codec;
import org.ekicho.mirror.hash.HashType;
import org.ekicho.mirror.repodata.Repomd;
import org.ekicho.mirror.settings.ClientGeneration;

/// What to index, and how.
///
/// @param folder  the packages; locations are relative to it
/// @param output  where `repodata/` goes, mostly the same folder
/// @param choice  which files are packages of the repository
/// @param form    how the metadata is written
/// @param head    what repomd.xml says of the repository
/// @param extras  metadata that is not made from packages
/// @param keeping how long replaced metadata files stay
/// @param effort  how the work is done
public record IndexSettings(
        Path folder, Path output, Choice choice, Form form, Head head, Extras extras, Keeping keeping, Effort effort) {

    /// The settings of a bare `ekicho mirror index DIR`.
    public static IndexSettings of(Path folder, ClientGeneration generation) {
        return new IndexSettings(
                folder, folder, Choice.ALL, Form.of(generation), Head.NONE, Extras.NONE, Keeping.PREVIOUS, Effort.FULL);
    }

    /// The same with `repodata/` elsewhere.
    public IndexSettings in(Path other) {
        return new IndexSettings(folder, other, choice, form, head, extras, keeping, effort);
    }

    public IndexSettings with(Choice other) {
        return new IndexSettings(folder, output, other, form, head, extras, keeping, effort);
    }

    public IndexSettings with(Form other) {
        return new IndexSettings(folder, output, choice, other, head, extras, keeping, effort);
    }

    public IndexSettings with(Head other) {
        return new IndexSettings(folder, output, choice, form, other, extras, keeping, effort);
    }

    public IndexSettings with(Extras other) {
        return new IndexSettings(folder, output, choice, form, head, other, keeping, effort);
    }

    public IndexSettings with(Keeping other) {
        return new IndexSettings(folder, output, choice, form, head, extras, other, effort);
    }

    public IndexSettings with(Effort other) {
        return new IndexSettings(folder, output, choice, form, head, extras, keeping, other);
    }

    /// Which files are packages of the repository.
    ///
    /// @param symlinks whether links count
    /// @param excludes patterns of paths (`*` and `?`, where `*` also matches `/`), as createrepo_c's `-x`
    /// @param only     when given, exactly these paths relative to the folder, and no search
    public record Choice(Symlinks symlinks, List<String> excludes, Optional<List<String>> only) {
        public static final Choice ALL = new Choice(Symlinks.FOLLOW, List.of(), Optional.empty());

        public Choice {
            excludes = List.copyOf(excludes);
            only = only.map(List::copyOf);
        }
    }

    /// What becomes of symbolic links to packages and folders.
    public enum Symlinks {
        FOLLOW,
        SKIP
    }

    /// How the metadata is written.
    ///
    /// @param checksum       of packages
    /// @param repomdChecksum of metadata files
    /// @param codec          of metadata files
    /// @param comps          how groups are offered
    /// @param names          of metadata files
    /// @param tables         what is made beside primary, filelists and other
    /// @param changelogLimit entries of each package, the newest
    /// @param locations      how paths become locations
    public record Form(
            HashType checksum,
            HashType repomdChecksum,
            Codec codec,
            Comps comps,
            FileNames names,
            Tables tables,
            int changelogLimit,
            Locations locations) {
        /// As many entries as createrepo_c keeps.
        public static final int CHANGELOG_LIMIT = 10;

        /// What every client of a generation reads.
        public static Form of(ClientGeneration generation) {
            return new Form(
                    generation.checksum(),
                    generation.checksum(),
                    generation.readsZstd() ? Codec.ZSTD : Codec.GZ,
                    generation.readsZstd() ? Comps.PACKED : Comps.PLAIN_AND_PACKED,
                    FileNames.UNIQUE,
                    new Tables(generation.wantsSqlite() ? Databases.SQLITE : Databases.NONE, FileListsExt.LEFT_OUT),
                    CHANGELOG_LIMIT,
                    Locations.AS_THEY_ARE);
        }
    }

    /// How groups are offered: yum 3 wants them plain or as `group_gz`.
    public enum Comps {
        PLAIN_AND_PACKED,
        PACKED
    }

    /// How metadata files are called. With simple names a client or cache in between can see the old file
    /// under the name of the new one; unique names carry the checksum.
    public enum FileNames {
        UNIQUE,
        SIMPLE
    }

    /// What is made beside primary, filelists and other.
    public record Tables(Databases databases, FileListsExt fileListsExt) {}

    /// Databases for yum 3.
    public enum Databases {
        NONE,
        SQLITE
    }

    /// filelists-ext.xml, with the digest of every file.
    public enum FileListsExt {
        LEFT_OUT,
        WRITTEN
    }

    /// How the path of a package becomes its location.
    ///
    /// @param base    `xml:base`
    /// @param prefix  folders put before the path; empty for none
    /// @param cutDirs leading folders left out of the path
    public record Locations(Optional<String> base, String prefix, int cutDirs) {
        public static final Locations AS_THEY_ARE = new Locations(Optional.empty(), "", 0);

        /// createrepo_c's rule: the file's own name always stays.
        public String of(String path) {
            String rest = path;
            for (int i = 0; i < cutDirs && rest.indexOf('/') >= 0; i++) {
                rest = rest.substring(rest.indexOf('/') + 1);
            }
            return prefix.isEmpty() ? rest : prefix.endsWith("/") ? prefix + rest : prefix + "/" + rest;
        }
    }

    /// What repomd.xml says of the repository.
    ///
    /// @param revision   seconds since 1970 when not given
    /// @param timestamps of records and files
    public record Head(Optional<String> revision, Timestamps timestamps, List<Repomd.Tag> tags) {
        public static final Head NONE = new Head(Optional.empty(), Timestamps.OF_THE_FILES, List.of());

        public Head {
            tags = List.copyOf(tags);
        }
    }

    /// What the records' timestamps are.
    public enum Timestamps {
        OF_THE_FILES,
        /// The revision, which is a number then: the same input gives the same bytes on every day.
        OF_THE_REVISION
    }

    /// Metadata that is not made from packages. A file that is given replaces the record that was there.
    ///
    /// @param group      comps.xml
    /// @param updateInfo updateinfo.xml
    /// @param modules    modules.yaml
    /// @param others     what becomes of further records that the repository has
    public record Extras(Optional<Path> group, Optional<Path> updateInfo, Optional<Path> modules, OtherRecords others) {
        public static final Extras NONE =
                new Extras(Optional.empty(), Optional.empty(), Optional.empty(), OtherRecords.KEPT);
    }

    /// What becomes of records that are not made here and not given anew.
    public enum OtherRecords {
        KEPT,
        DROPPED
    }

    /// How long replaced metadata files stay for clients that hold an older repomd.xml.
    ///
    /// @param generations of replaced repomd.xml whose files stay
    /// @param age         when given, only files older than this are deleted, however many there are
    public record Keeping(int generations, Optional<Duration> age) {
        public static final Keeping PREVIOUS = new Keeping(1, Optional.empty());

        public Keeping {
            if (generations < 0) {
                throw new IllegalArgumentException("keep " + generations + " generations");
            }
        }
    }

    /// How the work is done.
    public record Effort(int workers, Reuse reuse, Digests digests, Outcome outcome) {
        /// Everything read, on all cores.
        public static final Effort FULL =
                new Effort(Runtime.getRuntime().availableProcessors(), Reuse.NOTHING, Digests.TAKEN, Outcome.PUBLISHED);

        public Effort {
            if (workers < 1 || workers > MAX_WORKERS) {
                throw new IllegalArgumentException("workers are 1.." + MAX_WORKERS + ", not " + workers);
            }
        }
    }

    /// More workers than the largest machines have cores for hashing.
    public static final int MAX_WORKERS = 256;

    /// Whether what an earlier run read is used again.
    public enum Reuse {
        NOTHING,
        UNCHANGED_PACKAGES
    }

    /// Whether the digests inside the packages are verified.
    public enum Digests {
        TAKEN,
        VERIFIED
    }

    /// Whether something is written.
    public enum Outcome {
        PUBLISHED,
        DRY_RUN
    }
}
