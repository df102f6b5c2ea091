package org.ekicho.mirror.settings;

/// The id of a repository, as in the brackets of a `.repo` file: letters, digits and `- _ . :`. It names folders and
/// stands in addresses, so that it never begins with a dot.
public record RepoId(String text) implements Comparable<RepoId> {
    /// File names end at 255 bytes, and ours append to the id.
    public static final int MAX_LENGTH = 200;

    public RepoId {
        if (!isValid(text)) {
            throw new IllegalArgumentException("no id of a repository: \"" + text + "\"");
        }
    }

    /// Whether this text is an id.
    public static boolean isValid(String text) {
        return text.length() <= MAX_LENGTH && text.matches("[A-Za-z0-9_:-][A-Za-z0-9._:-]*");
    }

    @Override
    public int compareTo(RepoId other) {
        return text.compareTo(other.text);
    }

    @Override
    public String toString() {
        return text;
    }
}
