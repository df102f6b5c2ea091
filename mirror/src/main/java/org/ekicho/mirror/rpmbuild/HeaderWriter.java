package org.ekicho.mirror.rpmbuild;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Writes an RPM header structure: 16 bytes, an index of 16 bytes a tag, and the data, all big-endian. The region tag
/// stands first in the index, and its trailer at the end of the data.
///
/// ```text
/// 8e ad e8 01 | 0 0 0 0 | tags u32 | bytes u32 | tags × (tag u32, type u32, offset i32, count u32) | data
/// ```
final class HeaderWriter {
    /// Region of a signature header.
    static final int SIGNATURES = 62;
    /// Region of a main header.
    static final int IMMUTABLE = 63;

    static final int INT16 = 3;
    static final int INT32 = 4;
    static final int STRING = 6;
    static final int BIN = 7;
    static final int STRING_ARRAY = 8;
    static final int I18N = 9;

    private static final int ENTRY = 16;
    private static final int MAGIC = 0x8eade801;

    private final Map<Integer, Value> values = new TreeMap<>();

    private record Value(int type, int count, ByteBuffer bytes) {}

    void string(int tag, String text) {
        raw(tag, STRING, 1, terminated(List.of(text)));
    }

    void strings(int tag, List<String> texts) {
        raw(tag, STRING_ARRAY, texts.size(), terminated(texts));
    }

    void i18n(int tag, String text) {
        raw(tag, I18N, 1, terminated(List.of(text)));
    }

    void int32(int tag, List<Integer> numbers) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * numbers.size());
        numbers.forEach(bytes::putInt);
        raw(tag, INT32, numbers.size(), bytes.array());
    }

    void int32(int tag, int number) {
        int32(tag, List.of(number));
    }

    void int16(int tag, List<Integer> numbers) {
        ByteBuffer bytes = ByteBuffer.allocate(2 * numbers.size());
        numbers.forEach(number -> bytes.putShort((short) (int) number));
        raw(tag, INT16, numbers.size(), bytes.array());
    }

    void bin(int tag, byte[] bytes) {
        raw(tag, BIN, bytes.length, bytes);
    }

    /// Any tag, also one that breaks the format. It replaces the tag that is there; no values: no tag.
    void raw(int tag, int type, int count, byte[] bytes) {
        if (bytes.length == 0 && count == 0) {
            values.remove(tag);
            return;
        }
        values.put(tag, new Value(type, count, ByteBuffer.wrap(bytes.clone())));
    }

    void remove(int tag) {
        values.remove(tag);
    }

    /// The structure, not padded.
    byte[] encode(int region) {
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        int tags = values.size() + 1;
        ByteBuffer index = ByteBuffer.allocate(ENTRY * tags);
        index.position(ENTRY);
        values.forEach((tag, value) -> {
            pad(data, alignment(value.type()));
            index.putInt(tag).putInt(value.type()).putInt(data.size()).putInt(value.count());
            data.writeBytes(value.bytes().array());
        });
        index.position(0);
        index.putInt(region).putInt(BIN).putInt(data.size()).putInt(ENTRY);
        data.writeBytes(entry(region, -ENTRY * tags));
        return ByteBuffer.allocate(ENTRY + index.capacity() + data.size())
                .putInt(MAGIC)
                .putInt(0)
                .putInt(tags)
                .putInt(data.size())
                .put(index.array())
                .put(data.toByteArray())
                .array();
    }

    private static byte[] entry(int region, int offset) {
        return ByteBuffer.allocate(ENTRY)
                .putInt(region)
                .putInt(BIN)
                .putInt(offset)
                .putInt(ENTRY)
                .array();
    }

    private static int alignment(int type) {
        return switch (type) {
            case INT16 -> 2;
            case INT32 -> 4;
            case 5 -> 8;
            default -> 1;
        };
    }

    /// Zeros up to a multiple of this many bytes.
    static void pad(ByteArrayOutputStream out, int multiple) {
        while (out.size() % multiple != 0) {
            out.write(0);
        }
    }

    private static byte[] terminated(List<String> texts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (String text : texts) {
            out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
            out.write(0);
        }
        return out.toByteArray();
    }
}
