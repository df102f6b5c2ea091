package org.ekicho.ntp.control;

import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import org.ekicho.ntp.packet.NtpTimestamp;
import org.ekicho.wire.IpAddress;

/// Values as the classic programs write them: times in milliseconds, bit sets in hexadecimal, text in quotes.
final class ValueFormat {
    /// A string is cut here, so that the variables that ntpstat looks for stay in the first fragment of an answer.
    private static final int MAX_TEXT = 64;

    private ValueFormat() {}

    /// Seconds as milliseconds with three decimals (a microsecond).
    static String millis(double seconds) {
        return decimals(seconds * 1e3, 3);
    }

    /// Seconds as milliseconds with six decimals (a nanosecond): ntpq of NTPsec then shows four in its table.
    static String fineMillis(double seconds) {
        return decimals(seconds * 1e3, 6);
    }

    static String decimals(double value, int count) {
        double shown = Double.isFinite(value) ? value : 0;
        String text = String.format(Locale.ROOT, "%." + count + "f", shown);
        return isMinusZero(text) ? text.substring(1) : text;
    }

    private static boolean isMinusZero(String text) {
        return text.startsWith("-") && text.chars().allMatch(c -> c == '-' || c == '0' || c == '.');
    }

    static String hex(int bits) {
        return "0x" + Integer.toHexString(bits);
    }

    /// A raw NTP timestamp.
    static String timestamp(long raw) {
        return String.format(Locale.ROOT, "0x%08x.%08x", raw >>> 32, raw & 0xffff_ffffL);
    }

    /// A clock time as NTP timestamp; 0 (never) as the timestamp zero.
    static String time(long clockNanos) {
        return timestamp(clockNanos == 0 ? 0 : NtpTimestamp.ofNanos(clockNanos));
    }

    /// Text in quotes, without the characters that would end it or disturb a terminal.
    static String quoted(String text) {
        String plain = text.length() > MAX_TEXT ? text.substring(0, MAX_TEXT) : text;
        return "\"" + plain.replaceAll("[^ -~]", "?").replace('"', '\'').replace('\\', '/') + "\"";
    }

    /// A reference id: an address at strata 2 to 15, text elsewhere.
    static String referenceId(int referenceId, int stratum) {
        return stratum > 1 && stratum < 16 ? dotted(referenceId) : letters(referenceId);
    }

    /// The reference id of a clock that hangs on this machine: text if it is text.
    static String clockReferenceId(int referenceId) {
        return isLetters(referenceId) ? letters(referenceId) : dotted(referenceId);
    }

    /// Values one after the other, each after a space, with two decimals: a stage of the clock filter.
    static String row(DoubleStream values) {
        return values.mapToObj(value -> " " + decimals(value, 2)).collect(Collectors.joining());
    }

    private static String dotted(int bits) {
        return IpAddress.ofV4(bits).toString();
    }

    private static boolean isLetters(int bits) {
        for (int shift = 24; shift >= 0; shift -= 8) {
            int c = bits >>> shift & 0xff;
            if (c != 0 && (c < 0x20 || c > 0x7e)) {
                return false;
            }
        }
        return bits != 0;
    }

    private static String letters(int bits) {
        StringBuilder text = new StringBuilder(4);
        for (int shift = 24; shift >= 0; shift -= 8) {
            int c = bits >>> shift & 0xff;
            if (c != 0) {
                text.append(c > 0x20 && c < 0x7f && c != ',' && c != '"' ? (char) c : '?');
            }
        }
        return text.toString();
    }
}
