package org.ekicho.mirror.location;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.ekicho.mirror.MirrorReason;
import org.ekicho.mirror.Reading;
import org.ekicho.mirror.Refusal;

/// The rule for paths that metadata names (`<location href>`, files of an install tree, paths in a bundle): only a
/// plain
/// path inside the repository is followed. The raw form and the `%`-decoded one must both be plain, because a server
/// may
/// decode what a disk does not (CVE-2018-10897, CVE-2020-14352). Letters such as `+ ~ ^ @ : ,` and blanks are legal.
public final class Locations {
    /// Longest path in UTF-8: PATH_MAX of Linux.
    public static final int MAX_PATH_BYTES = 4096;
    /// Longest part of a path in UTF-8: NAME_MAX of Linux file systems.
    public static final int MAX_NAME_BYTES = 255;

    private static final String REPODATA = "repodata";

    private Locations() {}

    /// What a path is used for; it decides where it may lie.
    public enum Use {
        /// A package: not in `repodata/` and not called `.treeinfo`, in no spelling that differs by case only.
        PACKAGE,
        /// A metadata file: anywhere but at the place of repomd.xml and its signature.
        METADATA,
        /// A file of an install tree: not in `repodata/`.
        TREE,
        /// A file of a whole repository, such as one in a bundle: anywhere inside.
        ANY
    }

    /// Checks a location of a package.
    public static Reading<CheckedPath> check(String href) {
        return check(href, Use.PACKAGE);
    }

    /// Checks a location. The checked path is the raw form, which is the path on disk; how it is written in an address
    /// says [CheckedPath#toUrlPath].
    public static Reading<CheckedPath> check(String href, Use use) {
        String raw = stripDotSlash(href);
        String wrong = problem(raw, use);
        return wrong.isEmpty()
                ? new Reading.Done<>(new CheckedPath(raw))
                : new Reading.Refused<>(
                        Refusal.of(MirrorReason.BAD_LOCATION, "location " + Refusal.quote(href) + " " + wrong));
    }

    /// Whether a path is plain, for [CheckedPath].
    static boolean isPlain(String path) {
        return problem(path, Use.ANY).isEmpty();
    }

    /// `./Packages/x.rpm` is what some tools write for `Packages/x.rpm`.
    private static String stripDotSlash(String href) {
        return href.startsWith("./") ? href.substring(2) : href;
    }

    /// What is wrong with a path in either form, as the end of a sentence; empty when nothing is.
    private static String problem(String raw, Use use) {
        String wrong = problemAsWritten(raw, use);
        if (!wrong.isEmpty() || raw.indexOf('%') < 0) {
            return wrong;
        }
        String decoded = decodeOnce(raw);
        String wrongDecoded = problemAsWritten(decoded, use);
        return wrongDecoded.isEmpty() ? problemAsWritten(decodeOnce(decoded), use) : wrongDecoded;
    }

    private static String problemAsWritten(String path, Use use) {
        if (path.isEmpty()) {
            return "is empty";
        }
        if (path.length() > MAX_PATH_BYTES || path.getBytes(StandardCharsets.UTF_8).length > MAX_PATH_BYTES) {
            return "is longer than " + MAX_PATH_BYTES + " bytes";
        }
        String letter = badLetter(path);
        if (!letter.isEmpty()) {
            return letter;
        }
        if (path.charAt(0) == '/') {
            return "is absolute";
        }
        if (hasScheme(path)) {
            return "is an address, not a path";
        }
        return badPart(path, use);
    }

    private static String badLetter(String path) {
        for (int i = 0; i < path.length(); ) {
            int c = path.codePointAt(i);
            i += Character.charCount(c);
            if (c == '\\') {
                return "has a backslash";
            }
            switch (Character.getType(c)) {
                case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> {
                    return "has a control character";
                }
                case Character.FORMAT -> {
                    return "has an invisible or direction-changing character";
                }
                case Character.SURROGATE, Character.UNASSIGNED -> {
                    return "has a character that is none";
                }
                default -> {}
            }
        }
        return "";
    }

    /// Letters, digits, `+ - .`, then `:` before any slash, followed by a slash: `http:`, `file:`. A colon alone is
    /// legal: packages may carry an epoch in their name.
    private static boolean hasScheme(String path) {
        int colon = path.indexOf(':');
        if (colon < 1 || colon + 1 >= path.length() || path.charAt(colon + 1) != '/') {
            return false;
        }
        for (int i = 0; i < colon; i++) {
            char c = path.charAt(i);
            if (!Character.isLetterOrDigit(c) && c != '+' && c != '-' && c != '.') {
                return false;
            }
        }
        return true;
    }

    private static String badPart(String path, Use use) {
        String[] parts = path.split("/", -1);
        for (String part : parts) {
            if (part.isEmpty()) {
                return "has an empty part";
            }
            if (part.equals("..") || part.equals(".")) {
                return "has a part \"" + part + "\"";
            }
            if (part.getBytes(StandardCharsets.UTF_8).length > MAX_NAME_BYTES) {
                return "has a part longer than " + MAX_NAME_BYTES + " bytes";
            }
        }
        return badPlace(parts, use);
    }

    private static String badPlace(String[] parts, Use use) {
        String first = parts[0].toLowerCase(Locale.ROOT);
        boolean inRepodata = first.equals(REPODATA) || first.equals(".repodata") || first.equals(".olddata");
        String last = parts[parts.length - 1].toLowerCase(Locale.ROOT);
        boolean isRoot = inRepodata && parts.length == 2 && last.startsWith("repomd.xml");
        boolean isTreeinfo = parts.length == 1 && (last.equals(".treeinfo") || last.equals("treeinfo"));
        return switch (use) {
            case ANY -> "";
            case METADATA -> isRoot || first.equals("repomd.xml") ? "is the place of repomd.xml itself" : "";
            case TREE -> inRepodata ? "lies in repodata/, which is for metadata" : "";
            case PACKAGE ->
                inRepodata
                        ? "lies in repodata/, which is for metadata"
                        : isTreeinfo ? "is the place of the install tree's description" : "";
        };
    }

    /// The path with every `%41` replaced; done twice over, since `%252e` is `%2e` is `.`. Bytes that are not UTF-8
    /// become U+FFFD; an incomplete `%` stays as it is.
    private static String decodeOnce(String path) {
        if (path.indexOf('%') < 0) {
            return path;
        }
        byte[] in = path.getBytes(StandardCharsets.UTF_8);
        byte[] out = new byte[in.length];
        int length = 0;
        for (int i = 0; i < in.length; i++) {
            int high = i + 2 < in.length && in[i] == '%' ? Character.digit(in[i + 1], 16) : -1;
            int low = high >= 0 ? Character.digit(in[i + 2], 16) : -1;
            if (low >= 0) {
                out[length++] = (byte) (high * 16 + low);
                i += 2;
            } else {
                out[length++] = in[i];
            }
        }
        return new String(out, 0, length, StandardCharsets.UTF_8);
    }
}
