package org.ekicho.web.files;

import java.util.Set;
import org.ekicho.mirror.snapshot.MirrorLayout;

/// How long others may keep a file without asking again.
public enum Caching {
    /// Ask each time: the path may have other bytes the next moment.
    ASK("no-cache"),
    /// The path never has other bytes.
    IMMUTABLE("public, max-age=31536000, immutable");

    /// Names that are asked for again each time, whatever they begin with: what names the rest.
    private static final Set<String> ROOTS =
            Set.of("repomd.xml", "repomd.xml.asc", "repomd.xml.key", ".treeinfo", "treeinfo");

    /// Digits of the shortest checksum (MD5) in the name of a metadata file.
    private static final int SHORTEST_CHECKSUM = 32;

    private final String header;

    Caching(String header) {
        this.header = header;
    }

    /// The value of the Cache-Control header.
    public String header() {
        return header;
    }

    /// The caching of a path. Nothing below a snapshot ever changes, its repomd.xml neither. What lies under a channel
    /// by its plain name is asked for again, packages too: vendors do sign packages again under their old names.
    ///
    /// @param path as asked for, decoded
    static Caching of(String path) {
        if (path.startsWith("/" + MirrorLayout.SNAPSHOTS + "/")) {
            return IMMUTABLE;
        }
        String name = path.substring(path.lastIndexOf('/') + 1);
        return !ROOTS.contains(name) && isUnique(name) ? IMMUTABLE : ASK;
    }

    /// Whether the name begins with a checksum, as `3f2a…-primary.xml.zst`.
    private static boolean isUnique(String name) {
        int dash = name.indexOf('-');
        if (dash < SHORTEST_CHECKSUM) {
            return false;
        }
        for (int i = 0; i < dash; i++) {
            char c = name.charAt(i);
            if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
                return false;
            }
        }
        return true;
    }
}
