package org.ekicho.web.log;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Writes lines of the access log into a block of memory, and hands full blocks to the [AccessLog]. Each event
/// loop has a pen of its own, which only it uses: writing a line locks nothing, waits for nothing and makes no
/// object.
///
/// The form is the "combined" one of Apache and nginx; what is quoted is escaped as nginx does it: `"`, `\` and
/// all that
/// is not printable ASCII as `\xHH`.
public final class LogPen {
    /// A block; larger than the longest line ([#MAX_LINE]), small enough to be written in one go.
    static final int BLOCK_BYTES = 262_144;
    /// The longest field: a target as long as the server takes it. The rest of a longer one is not written.
    static final int MAX_FIELD = 4_200;
    /// The longest line: method, target, referer and agent, each byte escaped by four.
    static final int MAX_LINE = 4 * 4 * MAX_FIELD + 500;

    private static final byte[] HEX = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("dd/MMM/uuuu:HH:mm:ss Z", Locale.ROOT).withZone(ZoneId.systemDefault());

    private final AccessLog log;
    private LogBlock block;
    private byte[] stamp = new byte[0];
    private long stampSecond = Long.MIN_VALUE;

    LogPen(AccessLog log) {
        this.log = log;
        this.block = log.freshBlock();
    }

    /// Writes one line.
    ///
    /// @param second     when the answer ended, seconds since 1970
    /// @param client     address
    /// @param protocol   `HTTP/1.1`, `HTTP/2.0`
    /// @param bodyBytes  bytes of the body that were sent
    /// @param referer    as sent; null: not sent
    /// @param agent      as sent; null: not sent
    public void line(
            long second,
            String client,
            String method,
            String target,
            String protocol,
            int status,
            long bodyBytes,
            @Nullable String referer,
            @Nullable String agent) {
        if (block.room() < MAX_LINE) {
            flush();
        }
        LogBlock to = block;
        plain(to, client);
        plain(to, " - - [");
        stamp(to, second);
        plain(to, "] \"");
        escaped(to, method);
        to.put((byte) ' ');
        escaped(to, target);
        to.put((byte) ' ');
        plain(to, protocol);
        plain(to, "\" ");
        number(to, status);
        to.put((byte) ' ');
        number(to, bodyBytes);
        plain(to, " \"");
        quoted(to, referer);
        plain(to, "\" \"");
        quoted(to, agent);
        plain(to, "\"\n");
        to.endLine();
    }

    /// Hands over what was written; called a few times a second, too.
    public void flush() {
        if (block.lines() > 0) {
            block = log.handOver(block);
        }
    }

    private void stamp(LogBlock to, long second) {
        if (second != stampSecond) {
            stamp = STAMP.format(Instant.ofEpochSecond(second)).getBytes(StandardCharsets.US_ASCII);
            stampSecond = second;
        }
        to.put(stamp);
    }

    private static void quoted(LogBlock to, @Nullable String text) {
        if (text == null) {
            to.put((byte) '-');
        } else {
            escaped(to, text);
        }
    }

    @SuppressWarnings("deprecation") // the copy of low bytes is what is wanted: the text is ASCII
    private static void plain(LogBlock to, String ascii) {
        int length = ascii.length();
        ascii.getBytes(0, length, to.bytes(), to.reserve(length));
    }

    private static void escaped(LogBlock to, String text) {
        int length = Math.min(text.length(), MAX_FIELD);
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c < ' ' || c > '~' || c == '"' || c == '\\') {
                to.put((byte) '\\');
                to.put((byte) 'x');
                to.put(HEX[c >> 4 & 15]);
                to.put(HEX[c & 15]);
            } else {
                to.put((byte) c);
            }
        }
    }

    private static void number(LogBlock to, long value) {
        long rest = value;
        int digits = 1;
        for (long v = value / 10; v > 0; v /= 10) {
            digits++;
        }
        int at = to.reserve(digits) + digits;
        do {
            to.bytes()[--at] = (byte) ('0' + rest % 10);
            rest /= 10;
        } while (rest > 0);
    }
}
