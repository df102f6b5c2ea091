package org.ekicho.web.range;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Conditional requests (RFC 9110 §13), decided from the validators of a file.
///
/// A date matches when it is the very date that was sent, not when it is later: after a rollback the file is
/// older than what a client has, and "not modified since" would be a lie.
public final class Conditions {
    /// `Fri, 27 Nov 2026 10:15:00 GMT`.
    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM uuuu HH:mm:ss 'GMT'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private Conditions() {}

    /// What to answer.
    public enum Verdict {
        SEND,
        NOT_MODIFIED,
        FAILED
    }

    /// The headers of a request; null: not sent.
    public record Asked(
            @Nullable String ifMatch,
            @Nullable String ifNoneMatch,
            @Nullable String ifModifiedSince,
            @Nullable String ifUnmodifiedSince) {}

    /// @param etag         of the file, quoted
    /// @param lastModified of the file as sent in its header; empty: none is sent
    public static Verdict judge(Asked asked, String etag, String lastModified) {
        if (asked.ifMatch() != null) {
            if (!names(asked.ifMatch(), etag)) {
                return Verdict.FAILED;
            }
        } else if (asked.ifUnmodifiedSince() != null && isBefore(asked.ifUnmodifiedSince(), lastModified)) {
            return Verdict.FAILED;
        }
        if (asked.ifNoneMatch() != null) {
            return names(asked.ifNoneMatch().replace("W/", ""), etag) ? Verdict.NOT_MODIFIED : Verdict.SEND;
        }
        return asked.ifModifiedSince() != null && isSameDate(asked.ifModifiedSince(), lastModified)
                ? Verdict.NOT_MODIFIED
                : Verdict.SEND;
    }

    /// Whether a range may be sent: If-Range is not there, or names what the file is now.
    public static boolean mayBePart(@Nullable String ifRange, String etag, String lastModified) {
        return ifRange == null || ifRange.strip().equals(etag) || isSameDate(ifRange, lastModified);
    }

    /// The date of a header.
    public static String date(long epochSeconds) {
        return HTTP_DATE.format(Instant.ofEpochSecond(epochSeconds));
    }

    /// Whether a list of tags has this one, which is a strong one.
    private static boolean names(String list, String etag) {
        if (list.equals(etag)) {
            return true;
        }
        for (String one : list.split(",", -1)) {
            String tag = one.strip();
            if (tag.equals("*") || tag.equals(etag)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isSameDate(String asked, String lastModified) {
        return !lastModified.isEmpty() && asked.strip().equals(lastModified);
    }

    private static boolean isBefore(String asked, String lastModified) {
        try {
            return !lastModified.isEmpty()
                    && HTTP_DATE
                            .parse(asked.strip(), Instant::from)
                            .isBefore(HTTP_DATE.parse(lastModified, Instant::from));
        } catch (DateTimeException e) {
            return false;
        }
    }
}
