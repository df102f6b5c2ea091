package org.ekicho.mirror.repodata;

import java.util.List;
import java.util.Optional;

/// The content of a repomd.xml.
///
/// @param revision as written, mostly seconds since 1970; empty when absent
/// @param tags     words about content, distribution and repository
/// @param records  in order; a type may stand once only
public record Repomd(String revision, List<Tag> tags, List<RepomdRecord> records) {
    public Repomd {
        tags = List.copyOf(tags);
        records = List.copyOf(records);
    }

    /// One word in `<tags>`.
    ///
    /// @param kind  `content`, `repo` or `distro`
    /// @param cpeid of a `distro`
    public record Tag(String kind, String text, Optional<String> cpeid) {}

    /// The record of a type.
    public Optional<RepomdRecord> record(String type) {
        return records.stream().filter(r -> r.type().equals(type)).findFirst();
    }
}
