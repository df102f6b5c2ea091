package org.ekicho.daemon.mirror.index;

import java.nio.charset.StandardCharsets;
import org.ekicho.mirror.hash.Checksum;
import org.ekicho.mirror.hash.HashType;
import org.ekicho.mirror.repodata.MetadataRoots;

/// The elements of one package, one after the other: for primary, filelists and other, and for filelists-ext
/// where that is wanted.
final class Fragments {
    /// In the order in which they lie.
    static final MetadataRoots[] ORDER = {
        MetadataRoots.PRIMARY, MetadataRoots.FILELISTS, MetadataRoots.OTHER, MetadataRoots.FILELISTS_EXT
    };

    /// Where in filelists.xml the checksum of a package begins.
    private static final int PKGID = "<package pkgid=\"".length();

    private final byte[] bytes;
    private final int[] ends;

    /// @param bytes all of them
    /// @param ends  where each of [#ORDER] ends
    Fragments(byte[] bytes, int[] ends) {
        this.bytes = bytes;
        this.ends = ends;
    }

    byte[] bytes() {
        return bytes;
    }

    int start(int which) {
        return which == 0 ? 0 : ends[which - 1];
    }

    int end(int which) {
        return ends[which];
    }

    /// Whether a block of metadata may end behind this package although it is short: one in sixteen, by its checksum.
    /// Blocks that end where the packages say so are the same again behind one that changed.
    boolean isLandmark() {
        return bytes[start(1) + PKGID] == '0';
    }

    /// The package's checksum, which filelists.xml begins with: `<package pkgid="`.
    Checksum pkgid(HashType type) {
        int from = start(1) + PKGID;
        return new Checksum(type, new String(bytes, from, type.hexLength(), StandardCharsets.US_ASCII));
    }
}
