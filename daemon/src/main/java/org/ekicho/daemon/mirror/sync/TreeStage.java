package org.ekicho.daemon.mirror.sync;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ekicho.host.download.DownloadResult;
import org.ekicho.mirror.MirrorReason;
import org.ekicho.mirror.Reading;
import org.ekicho.mirror.metadata.TreeInfo;
import org.ekicho.mirror.metadata.TreeInfoReader;

/// Finds the install tree that lies in a repository, if any: `.treeinfo`, or `treeinfo` of servers that hide files with
/// a
/// dot.
///
/// @param before whether the last state had one: then a page or a broken description is a failure, not its end
record TreeStage(Mirrors mirrors, Mirror mirror, Path stage, Before before) {
    /// What the last state of the repository had.
    enum Before {
        A_TREE,
        NO_TREE;

        static Before of(SyncState.Upstream last) {
            return last.tree().isEmpty() ? NO_TREE : A_TREE;
        }
    }

    /// Real ones have 2 to 20 KB.
    private static final long MAX_BYTES = 1 << 20;

    private static final List<String> NAMES = List.of(".treeinfo", "treeinfo");

    /// An install tree.
    ///
    /// @param path where its description lies in the repository
    /// @param file that description in the stage
    record Tree(String path, Path file, String sha256, Optional<Instant> lastModified, TreeInfo info) {}

    /// The description of a tree, not read yet.
    ///
    /// @param path where it lies in the repository
    record Description(String path, Path file, DownloadResult.Done done) {
        String sha256() {
            return done.digests().getOrDefault("SHA-256", "");
        }
    }

    /// @param notes takes what a person should know
    ///
    /// @throws SyncFailure when it cannot be told whether there is one: a tree that was there must not get lost
    Optional<Tree> find(List<String> notes) throws IOException, SyncFailure {
        Optional<Description> description = describe();
        return description.isPresent() ? read(description.get(), notes) : Optional.empty();
    }

    /// @throws SyncFailure as above
    Optional<Description> describe() throws IOException, SyncFailure {
        for (String name : NAMES) {
            Path file = stage.resolve("treeinfo");
            DownloadResult result = mirrors.fetch(mirror, name, file, MAX_BYTES, "SHA-256");
            if (result instanceof DownloadResult.Done done) {
                if (!isPage(file)) {
                    return Optional.of(new Description(name, file, done));
                }
                if (before == Before.A_TREE) {
                    throw new SyncFailure(
                            MirrorReason.NOT_WHAT_IT_SHOULD_BE,
                            mirror.shown() + " answers " + name + " with a page, where an install tree was before");
                }
            }
            if (result instanceof DownloadResult.Failed failed && !failed.isAbsent()) {
                throw new SyncFailure(MirrorReason.UNREACHABLE, failed.sentence());
            }
        }
        return Optional.empty();
    }

    private Optional<Tree> read(Description description, List<String> notes) throws IOException, SyncFailure {
        Reading<TreeInfo> reading =
                TreeInfoReader.read(new ByteArrayInputStream(Files.readAllBytes(description.file())));
        return switch (reading) {
            case Reading.Refused<TreeInfo>(var refusal) -> {
                if (before == Before.A_TREE) {
                    throw SyncFailure.of(description.path(), refusal);
                }
                notes.add(description.path() + ": " + refusal + "; the install tree is left out");
                yield Optional.empty();
            }
            case Reading.Done<TreeInfo>(TreeInfo info) -> {
                elsewhere(info).forEach(notes::add);
                yield Optional.of(new Tree(
                        description.path(),
                        description.file(),
                        description.sha256(),
                        description.done().lastModified(),
                        info));
            }
        };
    }

    private static List<String> elsewhere(TreeInfo info) {
        List<String> notes = new ArrayList<>();
        for (TreeInfo.Variant variant : info.variants()) {
            if (variant.isElsewhere()) {
                notes.add("the install tree also consists of " + variant.id() + ", which lies at "
                        + variant.repository() + ", outside of this repository: mirror it as one of its own");
            }
        }
        return notes;
    }

    private static boolean isPage(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            String head = new String(in.readNBytes(32), java.nio.charset.StandardCharsets.ISO_8859_1);
            return head.isBlank() || head.stripLeading().startsWith("<");
        }
    }
}
