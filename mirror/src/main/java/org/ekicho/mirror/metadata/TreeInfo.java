package org.ekicho.mirror.metadata;

import java.util.List;
import java.util.Optional;
import org.ekicho.mirror.Refusal;
import org.ekicho.mirror.hash.Checksum;
import org.ekicho.mirror.location.CheckedPath;

/// An install tree, as its `.treeinfo` describes it.
///
/// @param family   `CentOS Stream`; empty when absent
/// @param version  `9`; empty when absent
/// @param arch     `x86_64`; empty when absent
/// @param files    what belongs to the tree, sorted by path
/// @param variants repositories that it consists of
/// @param rejected lines that name a place outside, or no checksum
public record TreeInfo(
        String family,
        String version,
        String arch,
        List<TreeFile> files,
        List<Variant> variants,
        List<RejectedLine> rejected) {
    public TreeInfo {
        files = List.copyOf(files);
        variants = List.copyOf(variants);
        rejected = List.copyOf(rejected);
    }

    /// A file of the tree.
    ///
    /// @param path     relative to the tree
    /// @param checksum empty where `.treeinfo` names none
    /// @param origin   how we know of it
    public record TreeFile(CheckedPath path, Optional<Checksum> checksum, Origin origin) {}

    /// How a file of the tree is known.
    public enum Origin {
        /// `.treeinfo` names it.
        NAMED,
        /// No section names it, but installers and loaders ask for it where it exists (`EFI/`, `LICENSE`,
        /// `media.repo`).
        CUSTOMARY
    }

    /// A repository of the tree.
    ///
    /// @param id         `AppStream`
    /// @param packages   folder of its packages, as written: relative to the tree, perhaps with `../`
    /// @param repository folder of its repodata, as written
    public record Variant(String id, String packages, String repository) {
        /// Whether it lies outside the tree, so that it is a repository of its own to mirror.
        public boolean isElsewhere() {
            return repository.startsWith("..") || repository.startsWith("/") || repository.contains("://");
        }
    }

    /// A line that is not followed.
    public record RejectedLine(String what, Refusal refusal) {}
}
