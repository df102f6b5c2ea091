package org.ekicho.wire;

import java.util.Optional;

/// The text form of addresses: dotted quads, and IPv6 as RFC 4291 §2.2 reads it and RFC 5952 §4 writes it.
final class IpAddressText {
    private static final int GROUPS = 8;

    private IpAddressText() {}

    static Optional<IpAddress> parse(String text) {
        if (text.indexOf(':') < 0) {
            long bits = parseV4(text);
            return bits < 0 ? Optional.empty() : Optional.of(IpAddress.ofV4((int) bits));
        }
        return parseV6(text);
    }

    /// The 32 bits of a dotted quad, or -1.
    private static long parseV4(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != 4) {
            return -1;
        }
        long bits = 0;
        for (String part : parts) {
            int value = number(part, 10, 3);
            if (value < 0 || value > 255) {
                return -1;
            }
            bits = bits << 8 | value;
        }
        return bits;
    }

    private static Optional<IpAddress> parseV6(String text) {
        int gap = text.indexOf("::");
        if (gap >= 0 && text.indexOf("::", gap + 1) >= 0) {
            return Optional.empty();
        }
        int[] head = groups(gap < 0 ? text : text.substring(0, gap));
        int[] tail = gap < 0 ? new int[0] : groups(text.substring(gap + 2));
        if (head.length + tail.length > GROUPS
                || (gap < 0 && head.length != GROUPS)
                || (gap >= 0 && head.length + tail.length == GROUPS)
                || hasBad(head)
                || hasBad(tail)) {
            return Optional.empty();
        }
        int[] all = new int[GROUPS];
        System.arraycopy(head, 0, all, 0, head.length);
        System.arraycopy(tail, 0, all, GROUPS - tail.length, tail.length);
        long high = 0;
        long low = 0;
        for (int i = 0; i < 4; i++) {
            high = high << 16 | all[i];
            low = low << 16 | all[i + 4];
        }
        return Optional.of(new IpAddress(high, low));
    }

    /// 16-bit groups of a colon list (a dotted quad at its end makes two); -1 stands for a group that is none.
    private static int[] groups(String text) {
        if (text.isEmpty()) {
            return new int[0];
        }
        String[] parts = text.split(":", -1);
        long quad = parts[parts.length - 1].indexOf('.') < 0 ? -1 : parseV4(parts[parts.length - 1]);
        int[] values = new int[parts.length + (quad < 0 ? 0 : 1)];
        for (int i = 0; i < parts.length; i++) {
            values[i] = number(parts[i], 16, 4);
        }
        if (quad >= 0) {
            values[parts.length - 1] = (int) (quad >>> 16);
            values[parts.length] = (int) (quad & 0xffff);
        }
        return values;
    }

    private static boolean hasBad(int[] groups) {
        for (int group : groups) {
            if (group < 0) {
                return true;
            }
        }
        return false;
    }

    /// A number of 1..`digits` digits, or -1.
    private static int number(String text, int radix, int digits) {
        if (text.isEmpty() || text.length() > digits) {
            return -1;
        }
        int value = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int digit = c < 128 ? Character.digit(c, radix) : -1;
            if (digit < 0) {
                return -1;
            }
            value = value * radix + digit;
        }
        return value;
    }

    static String format(IpAddress address) {
        if (address.isV4()) {
            int bits = address.v4Bits();
            return (bits >>> 24) + "." + (bits >>> 16 & 0xff) + "." + (bits >>> 8 & 0xff) + "." + (bits & 0xff);
        }
        int[] groups = new int[GROUPS];
        for (int i = 0; i < 4; i++) {
            groups[i] = (int) (address.high() >>> (48 - 16 * i) & 0xffff);
            groups[i + 4] = (int) (address.low() >>> (48 - 16 * i) & 0xffff);
        }
        int bestStart = -1;
        int bestLength = 1;
        for (int i = 0; i < GROUPS; i++) {
            int end = i;
            while (end < GROUPS && groups[end] == 0) {
                end++;
            }
            if (end - i > bestLength) {
                bestStart = i;
                bestLength = end - i;
            }
        }
        StringBuilder text = new StringBuilder(39);
        for (int i = 0; i < GROUPS; i++) {
            if (i == bestStart) {
                text.append("::");
                i += bestLength - 1;
                continue;
            }
            if (!text.isEmpty() && text.charAt(text.length() - 1) != ':') {
                text.append(':');
            }
            text.append(Integer.toHexString(groups[i]));
        }
        return text.toString();
    }
}
