package org.ekicho.mirror.settings;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/// One repository of the mirror.
///
/// @param id         its id here, in paths and addresses
/// @param name       what a person reads
/// @param source     where its packages come from
/// @param enabled    whether `sync` without names takes it along
/// @param checks     what must be signed
/// @param gpgKeys    public keys (paths or `file:` addresses) that its signatures are checked with
/// @param selection  which packages are kept
/// @param generation oldest clients that rebuilt metadata is written for
/// @param signingKey file of the OpenPGP secret key that signs rebuilt metadata
/// @param aliases    further paths under the server's root at which `latest` of it is found, such as
///                   `centos/7/os/x86_64`, so that an old `baseurl` needs another host only
/// @param wishes     what its clients are told about how they use it
public record RepoSettings(
        RepoId id,
        String name,
        Source source,
        boolean enabled,
        Set<Check> checks,
        List<String> gpgKeys,
        Selection selection,
        ClientGeneration generation,
        Optional<String> signingKey,
        List<String> aliases,
        ClientWishes wishes) {
    public RepoSettings {
        checks = Set.copyOf(checks);
        gpgKeys = List.copyOf(gpgKeys);
        aliases = List.copyOf(aliases);
    }

    /// One that wishes nothing of its clients.
    public RepoSettings(
            RepoId id,
            String name,
            Source source,
            boolean enabled,
            Set<Check> checks,
            List<String> gpgKeys,
            Selection selection,
            ClientGeneration generation,
            Optional<String> signingKey,
            List<String> aliases) {
        this(id, name, source, enabled, checks, gpgKeys, selection, generation, signingKey, aliases, ClientWishes.NONE);
    }

    /// The same with another selection.
    public RepoSettings withSelection(Selection other) {
        return new RepoSettings(
                id, name, source, enabled, checks, gpgKeys, other, generation, signingKey, aliases, wishes);
    }

    /// What must be signed before anything is published.
    public enum Check {
        /// Every package (`gpgcheck`).
        PACKAGES,
        /// `repomd.xml` (`repo_gpgcheck`).
        METADATA
    }

    /// Where packages come from.
    public sealed interface Source {
        /// Another server.
        record Remote(Upstream upstream) implements Source {}

        /// A folder of own packages on this host, indexed here.
        record Folder(String path) implements Source {}

        /// Nowhere by itself: its snapshots arrive in bundles.
        record Bundles() implements Source {}
    }
}
