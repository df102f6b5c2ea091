package org.ekicho.mirror.sync;

import java.util.Optional;
import org.ekicho.mirror.hash.Checksum;

/// What the mirror has already, asked by the checksum that upstream names, which need not be a SHA-256. The shell
/// answers
/// from its store and from what it remembers of earlier downloads.
@FunctionalInterface
public interface KnownContents {
    /// Nothing is known.
    KnownContents NONE = checksum -> Optional.empty();

    /// The SHA-256 of a content that is in the store and has this checksum; empty when there is none.
    Optional<String> sha256(Checksum checksum);
}
