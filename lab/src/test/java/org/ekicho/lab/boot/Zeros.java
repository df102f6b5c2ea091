package org.ekicho.lab.boot;

import java.io.InputStream;
import java.util.Arrays;

/// So many bytes of nothing.
final class Zeros extends InputStream {
    private long rest;

    Zeros(long count) {
        rest = count;
    }

    @Override
    public int read() {
        return rest-- > 0 ? 0 : -1;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
        if (rest <= 0) return -1;
        int count = (int) Math.min(rest, length);
        Arrays.fill(into, offset, offset + count, (byte) 0);
        rest -= count;
        return count;
    }
}
