package org.ekicho.mirror;

/// Why an input of somebody else was refused, and where in it.
///
/// @param reason why
/// @param detail what is wrong, in words that name the value; for people
/// @param line   counted from 1; 0 when the place has no line
/// @param column counted from 1; 0 when the place has no column
public record Refusal(MirrorReason reason, String detail, long line, long column) {
    /// What a message quotes of an input at most; the rest is replaced by `…`.
    private static final int MAX_QUOTED = 80;

    /// A refusal of the whole input.
    public static Refusal of(MirrorReason reason, String detail) {
        return new Refusal(reason, detail, 0, 0);
    }

    /// Words of an input, fit for a message: in quotation marks, short, and without control characters.
    public static String quote(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        int length = Math.min(text.length(), MAX_QUOTED);
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            int type = Character.getType(c);
            boolean unseen = type == Character.CONTROL || type == Character.FORMAT || type == Character.SURROGATE;
            quoted.append(unseen ? '\uFFFD' : c);
        }
        return quoted.append(text.length() > length ? "…\"" : "\"").toString();
    }

    /// `line 3, column 9: no checksum: it breaks its format`.
    @Override
    public String toString() {
        return (line > 0 ? "line " + line + (column > 0 ? ", column " + column : "") + ": " : "") + detail + ": "
                + reason.sentence();
    }
}
