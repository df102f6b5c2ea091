package org.ekicho.mirror.settings;

import java.util.Locale;
import java.util.Optional;
import org.ekicho.mirror.hash.HashType;

/// The generations of yum and dnf clients that metadata can be written for, and what each can read (yum 3.2 of CentOS 5
/// to dnf 5).
public enum ClientGeneration {
    /// yum 3.2 on Python 2.4: gzip, SHA-1 by the name `sha`, sqlite databases.
    EL5(HashType.SHA),
    /// yum 3.2: gzip, SHA-256, plain comps, sqlite databases.
    EL6(HashType.SHA256),
    /// yum 3.4: gzip (zstd is unreadable to it), SHA-256.
    EL7(HashType.SHA256),
    /// dnf 4: gzip; zstd is read only since 8.4.
    EL8(HashType.SHA256),
    /// dnf 4: zstd.
    EL9(HashType.SHA256),
    /// dnf 4.20 and later: zstd.
    EL10(HashType.SHA256),
    /// dnf 5: zstd.
    FEDORA(HashType.SHA256);

    private final HashType checksum;

    ClientGeneration(HashType checksum) {
        this.checksum = checksum;
    }

    /// As on the command line: `el9`, `fedora`.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The strongest checksum that this generation's oldest member reads.
    public HashType checksum() {
        return checksum;
    }

    /// Whether zstd metadata is read by every member.
    public boolean readsZstd() {
        return this.compareTo(EL9) >= 0;
    }

    /// Whether its yum downloads sqlite databases instead of XML where they are offered.
    public boolean wantsSqlite() {
        return this == EL5 || this == EL6;
    }

    /// The generation of this word, in any case.
    public static Optional<ClientGeneration> of(String word) {
        for (ClientGeneration generation : values()) {
            if (generation.word().equals(word.toLowerCase(Locale.ROOT))) {
                return Optional.of(generation);
            }
        }
        return Optional.empty();
    }
}
