package org.ekicho.mirror.xml;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/// A stream that begins with some words and then repeats one for ever.
public final class Endless extends InputStream {
    private final byte[] start;
    private final byte[] repeated;
    private long position;

    public Endless(String start, String repeated) {
        this.start = start.getBytes(StandardCharsets.UTF_8);
        this.repeated = repeated.getBytes(StandardCharsets.UTF_8);
    }

    /// How much of it was taken.
    public long taken() {
        return position;
    }

    @Override
    public int read() {
        int at = position < start.length
                ? start[(int) position]
                : repeated[(int) ((position - start.length) % repeated.length)];
        position++;
        return at;
    }

    @Override
    public int read(byte[] to, int offset, int length) {
        for (int i = 0; i < length; i++) {
            to[offset + i] = (byte) read();
        }
        return length;
    }
}
