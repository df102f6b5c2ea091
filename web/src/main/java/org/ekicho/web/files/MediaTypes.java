package org.ekicho.web.files;

import java.util.Map;

/// Media types by the end of a file's name. Compressed metadata is sent as what it is, never as an encoding, or
/// clients would unpack it before they compare checksums.
final class MediaTypes {
    private static final String TEXT = "text/plain; charset=utf-8";
    private static final String UNKNOWN = "application/octet-stream";

    private static final Map<String, String> BY_END = Map.ofEntries(
            Map.entry("rpm", "application/x-rpm"),
            Map.entry("drpm", "application/x-rpm"),
            Map.entry("xml", "text/xml"),
            Map.entry("gz", "application/gzip"),
            Map.entry("xz", "application/x-xz"),
            Map.entry("bz2", "application/x-bzip2"),
            Map.entry("zst", "application/zstd"),
            Map.entry("asc", TEXT),
            Map.entry("key", TEXT),
            Map.entry("repo", TEXT),
            Map.entry("sh", TEXT),
            Map.entry("cfg", TEXT),
            Map.entry("ks", TEXT),
            Map.entry("txt", TEXT),
            Map.entry("treeinfo", TEXT),
            Map.entry("discinfo", TEXT),
            Map.entry("json", "application/json"),
            Map.entry("html", "text/html; charset=utf-8"),
            Map.entry("iso", "application/x-iso9660-image"));

    private MediaTypes() {}

    /// The type of a file of this name or path.
    static String of(String name) {
        return BY_END.getOrDefault(name.substring(name.lastIndexOf('.') + 1), UNKNOWN);
    }
}
