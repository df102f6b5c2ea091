package org.ekicho.mirror.metadata;

import java.util.List;
import java.util.OptionalLong;
import org.ekicho.mirror.hash.Checksum;

/// What a metalink says of a repository's repomd.xml.
///
/// @param versions  states of it that are accepted, the current one first
/// @param resources servers that have it, the preferred first
public record Metalink(List<Version> versions, List<Resource> resources) {
    public Metalink {
        versions = List.copyOf(versions);
        resources = List.copyOf(resources);
    }

    /// A state of repomd.xml.
    ///
    /// @param timestamp seconds since 1970; 0 when absent
    /// @param checksums at least one
    public record Version(Age age, long timestamp, OptionalLong size, List<Checksum> checksums) {
        public Version {
            checksums = List.copyOf(checksums);
        }

        /// The strongest of its checksums.
        public Checksum strongest() {
            return checksums.stream()
                    .max((a, b) -> a.type().compareTo(b.type()))
                    .orElseThrow(() -> new IllegalStateException("a version without a checksum"));
        }
    }

    /// Whether a state is the newest.
    public enum Age {
        CURRENT,
        /// Not yet everywhere replaced.
        OLDER
    }

    /// A server.
    ///
    /// @param baseUrl    address of the repository, with a slash at the end
    /// @param preference 0 to 100, the larger the better
    /// @param country    two letters; empty when absent
    public record Resource(String baseUrl, int preference, String country) {}
}
