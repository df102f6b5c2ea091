package org.ekicho.site.view;

/// Prose broken into lines.
final class Sentences {
    private Sentences() {}

    /// The text in lines of [Columns#WIDTH] columns at most, each after `indent` blanks, each ended. A word that is
    /// longer than a line stands alone.
    static String wrapped(String text, int indent) {
        StringBuilder lines = new StringBuilder();
        StringBuilder line = new StringBuilder(" ".repeat(indent));
        boolean empty = true;
        for (String word : text.strip().split(" +", -1)) {
            if (!empty && line.length() + 1 + word.length() > Columns.WIDTH) {
                lines.append(line).append('\n');
                line = new StringBuilder(" ".repeat(indent));
                empty = true;
            }
            line.append(empty ? "" : " ").append(word);
            empty = false;
        }
        return lines.append(line).append('\n').toString();
    }
}
