package org.ekicho.mirror.metadata;

import org.ekicho.mirror.hash.Checksum;

/// Changes a `.treeinfo` that comes along with rebuilt metadata: its checksum of `repodata/repomd.xml` must be the one
/// of
/// the repomd.xml beside it.
public final class TreeInfoText {
    private static final String REPOMD = "repodata/repomd.xml";

    private TreeInfoText() {}

    /// The text with the checksum of this repomd.xml in place of upstream's; otherwise byte for byte the same. A text
    /// that names none is returned as it is.
    public static String withRepomd(String text, Checksum repomd) {
        StringBuilder changed = new StringBuilder(text.length() + 64);
        String section = "";
        for (int start = 0; start < text.length(); ) {
            int newline = text.indexOf('\n', start);
            int end = newline < 0 ? text.length() : newline + 1;
            String line = text.substring(start, end);
            String content = line.strip();
            section = content.startsWith("[") ? content : section;
            int equals = content.indexOf('=');
            if (section.equals("[checksums]")
                    && equals > 0
                    && content.substring(0, equals).strip().equals(REPOMD)) {
                String lineEnd = line.substring(line.stripTrailing().length());
                changed.append(REPOMD).append(" = ").append(repomd).append(lineEnd);
            } else {
                changed.append(line);
            }
            start = end;
        }
        return changed.toString();
    }
}
