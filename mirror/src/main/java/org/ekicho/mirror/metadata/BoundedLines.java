package org.ekicho.mirror.metadata;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.ekicho.mirror.MirrorReason;
import org.ekicho.mirror.Refusal;
import org.ekicho.mirror.RefusedException;
import org.jspecify.annotations.Nullable;

/// Lines of UTF-8 from somebody else, none longer than a limit.
final class BoundedLines {
    /// Longest line in bytes. Licence texts of modules stand in one line at times.
    static final int MAX_LINE = 1 << 20;

    private final InputStream in;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream(200);
    private long number;
    private boolean ended;

    BoundedLines(InputStream in) {
        this.in = new BufferedInputStream(in, 1 << 16);
    }

    /// Number of the line that was read last, from 1.
    long number() {
        return number;
    }

    /// The next line without its end; null after the last.
    @Nullable
    String next() throws IOException, RefusedException {
        if (ended) {
            return null;
        }
        line.reset();
        int b = in.read();
        if (b < 0) {
            ended = true;
            return null;
        }
        number++;
        while (b >= 0 && b != '\n') {
            if (line.size() == MAX_LINE) {
                throw refusal(MirrorReason.TOO_LARGE, "a line of more than " + MAX_LINE + " bytes");
            }
            line.write(b);
            b = in.read();
        }
        ended = b < 0;
        return decode();
    }

    private String decode() throws RefusedException {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(line.toByteArray()))
                    .toString();
            return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
        } catch (CharacterCodingException e) {
            throw refusal(MirrorReason.MALFORMED, "bytes that are no UTF-8");
        }
    }

    RefusedException refusal(MirrorReason reason, String detail) {
        return new RefusedException(new Refusal(reason, detail, number, 0));
    }
}
