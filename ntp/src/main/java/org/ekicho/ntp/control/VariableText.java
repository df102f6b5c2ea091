package org.ekicho.ntp.control;

/// The text of an answer: `name=value` joined by commas, lines folded near 72 columns, ended by a line break.
final class VariableText {
    /// Where a line is folded, as classic does; raw answers then read well in a terminal.
    private static final int LINE = 72;

    private final StringBuilder text = new StringBuilder(1024);
    private int lineStart;

    VariableText add(String name, String value) {
        int size = name.length() + 1 + value.length();
        if (text.length() > 0) {
            text.append(',');
            if (text.length() - lineStart + 1 + size > LINE) {
                text.append("\r\n");
                lineStart = text.length();
            } else {
                text.append(' ');
            }
        }
        text.append(name).append('=').append(value);
        return this;
    }

    /// Characters so far, without the ending.
    int length() {
        return text.length();
    }

    /// The whole text; empty when nothing was added.
    String finish() {
        return text.isEmpty() ? "" : text + "\r\n";
    }
}
