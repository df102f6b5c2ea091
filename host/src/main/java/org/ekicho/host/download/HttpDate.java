package org.ekicho.host.download;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.apache.hc.client5.http.utils.DateUtils;

/// A date of HTTP (RFC 9110 §5.6.7). The form that every server writes is read here, in a hundredth of the time that
/// the library takes; the two old ones there.
///
/// ```
/// 0    5  8   12   17
/// Sun, 06 Nov 1994 08:49:37 GMT
/// ```
final class HttpDate {
    private static final List<String> MONTHS =
            List.of("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec");
    private static final int LENGTH = 29;

    private HttpDate() {}

    static Optional<Instant> parse(String text) {
        if (text.length() == LENGTH && text.endsWith(" GMT")) {
            int month = MONTHS.indexOf(text.substring(8, 11)) + 1;
            int day = number(text, 5, 7);
            int year = number(text, 12, 16);
            int hour = number(text, 17, 19);
            int minute = number(text, 20, 22);
            int second = number(text, 23, 25);
            boolean inOrder = month > 0 && day > 0 && day < 29 && year > 0;
            if (inOrder && hour >= 0 && hour < 24 && minute >= 0 && minute < 60 && second >= 0 && second < 60) {
                return Optional.of(LocalDate.of(year, month, day)
                        .atTime(hour, minute, second)
                        .toInstant(ZoneOffset.UTC));
            }
        }
        return Optional.ofNullable(DateUtils.parseStandardDate(text));
    }

    /// -1 when these are not digits.
    private static int number(String text, int from, int to) {
        int value = 0;
        for (int i = from; i < to; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = value * 10 + digit;
        }
        return value;
    }
}
