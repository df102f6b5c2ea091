package org.ekicho.mirror.xml;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/// Counts the bytes that the XML parser takes for one token, and ends the stream's patience when they are too many. The
/// parser itself has no limit and would collect an attribute of any length.
final class MeteredInput extends InputStream {
    private final InputStream in;
    private final int tokenBytes;
    private long takenForToken;
    private @Nullable IOException failure;

    MeteredInput(InputStream in, int tokenBytes) {
        this.in = in;
        this.tokenBytes = tokenBytes;
    }

    /// The parser begins with another token.
    void tokenBegins() {
        takenForToken = 0;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
        if (takenForToken > tokenBytes) {
            throw new TokenTooLongException(tokenBytes);
        }
        try {
            int taken = in.read(to, offset, length);
            takenForToken += Math.max(taken, 0);
            return taken;
        } catch (IOException e) {
            failure = e;
            throw e;
        }
    }

    /// Whether the stream itself threw this, and not the parser, which reports some malformed text as an [IOException]
    /// too.
    boolean threw(Throwable e) {
        return e.equals(failure);
    }
}
