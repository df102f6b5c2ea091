package org.ekicho.web.log;

import java.nio.ByteBuffer;

/// A piece of memory full of lines, passed from hand to hand: an event loop's pen, the log's queue, its writer.
final class LogBlock {
    private final byte[] bytes = new byte[LogPen.BLOCK_BYTES];
    private int length;
    private int lines;

    byte[] bytes() {
        return bytes;
    }

    int room() {
        return bytes.length - length;
    }

    int lines() {
        return lines;
    }

    void put(byte value) {
        bytes[length++] = value;
    }

    void put(byte[] values) {
        System.arraycopy(values, 0, bytes, length, values.length);
        length += values.length;
    }

    /// Where the next `count` bytes go, which the caller writes.
    int reserve(int count) {
        int at = length;
        length += count;
        return at;
    }

    void endLine() {
        lines++;
    }

    ByteBuffer content() {
        return ByteBuffer.wrap(bytes, 0, length);
    }

    void clear() {
        length = 0;
        lines = 0;
    }
}
