package org.ekicho.netboot.trace;

/// Text that came from a packet, made fit for a terminal, a log line and a page: no control characters, an end.
public final class Printable {
    /// Longest text that is kept: a DHCP option's length.
    public static final int MAX_LENGTH = 255;

    private Printable() {}

    /// At most [#MAX_LENGTH] characters; a control, format or surrogate character becomes `?`, and what was cut off is
    /// marked by `…`.
    public static String cut(String text) {
        return cut(text, MAX_LENGTH);
    }

    /// The same with at most `most` characters.
    public static String cut(String text, int most) {
        StringBuilder kept = new StringBuilder(Math.min(text.length(), most));
        for (int i = 0; i < text.length() && kept.length() < most; i++) {
            char c = text.charAt(i);
            boolean plain = c >= ' ' && c != 0x7f && Character.isDefined(c) && !Character.isSurrogate(c);
            boolean hidden =
                    Character.isISOControl(c) || Character.getType(c) == Character.FORMAT || c == 0x2028 || c == 0x2029;
            kept.append(plain && !hidden ? c : '?');
        }
        if (text.length() > most && most > 0) kept.setCharAt(most - 1, '…');
        return kept.toString();
    }
}
