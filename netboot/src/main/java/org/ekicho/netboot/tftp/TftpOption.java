package org.ekicho.netboot.tftp;

import java.util.Locale;
import java.util.OptionalLong;

/// One option of a request or of its acknowledgement (RFC 2347), as text on the wire.
///
/// @param name  lower case: names are compared without regard to case
/// @param value as it came
public record TftpOption(String name, String value) {
    public static final String BLOCK_SIZE = "blksize";
    public static final String TRANSFER_SIZE = "tsize";
    public static final String TIMEOUT = "timeout";
    public static final String WINDOW_SIZE = "windowsize";
    /// Digits of the largest number that any option may need (an unsigned 60-bit size).
    private static final int MOST_DIGITS = 18;

    public TftpOption {
        name = name.toLowerCase(Locale.ROOT);
    }

    public static TftpOption of(String name, long value) {
        return new TftpOption(name, Long.toString(value));
    }

    /// The value as a number; empty when it is none, is negative or has more than 18 digits.
    public OptionalLong number() {
        if (value.isEmpty() || value.length() > MOST_DIGITS) return OptionalLong.empty();
        for (int i = 0; i < value.length(); i++) {
            if (value.charAt(i) < '0' || value.charAt(i) > '9') return OptionalLong.empty();
        }
        return OptionalLong.of(Long.parseLong(value));
    }

    /// `blksize=1468`.
    @Override
    public String toString() {
        return name + "=" + value;
    }
}
