package org.ekicho.mirror.snapshot;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Which paths a file of a repository may have. They become file names below a folder of ours and parts of addresses,
/// so that one is refused here rather than anywhere later: CVE-2018-10897 and CVE-2020-14352 were paths that left it.
public final class SnapshotPath {
    /// `PATH_MAX` of Linux, in bytes of UTF-8.
    public static final int MAX_BYTES = 4096;

    /// `NAME_MAX` of Linux file systems, in bytes of UTF-8.
    public static final int MAX_PART_BYTES = 255;

    private SnapshotPath() {}

    /// What is wrong with a path; empty when it is good.
    public static Optional<String> problem(String path) {
        if (path.isEmpty()) {
            return Optional.of("it is empty");
        }
        if (path.startsWith("/")) {
            return Optional.of("it begins with a slash");
        }
        for (int i = 0; i < path.length(); i++) {
            if (isForbidden(path, i)) {
                return Optional.of("character " + (i + 1) + " is a control character, a backslash or no character");
            }
        }
        if (path.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            return Optional.of("it is longer than " + MAX_BYTES + " bytes");
        }
        for (String part : path.split("/", -1)) {
            if (part.isEmpty() || part.equals(".") || part.equals("..")) {
                return Optional.of("a part of it is empty, a dot or two dots");
            }
            if (part.getBytes(StandardCharsets.UTF_8).length > MAX_PART_BYTES) {
                return Optional.of("a part of it is longer than " + MAX_PART_BYTES + " bytes");
            }
        }
        return Optional.empty();
    }

    private static boolean isForbidden(String path, int at) {
        char c = path.charAt(at);
        if (Character.isHighSurrogate(c)) {
            return at + 1 == path.length() || !Character.isLowSurrogate(path.charAt(at + 1));
        }
        if (Character.isLowSurrogate(c)) {
            return at == 0 || !Character.isHighSurrogate(path.charAt(at - 1));
        }
        // Marks of direction make a name look like another one.
        boolean direction = (c >= '\u202a' && c <= '\u202e') || (c >= '\u2066' && c <= '\u2069');
        return c == '\\' || Character.isISOControl(c) || direction;
    }
}
