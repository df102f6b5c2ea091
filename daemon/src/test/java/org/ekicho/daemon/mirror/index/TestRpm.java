package org.ekicho.daemon.mirror.index;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/// Makes packages of format 4, as small as they can be.
final class TestRpm {
    private static final int INT16 = 3;
    private static final int INT32 = 4;
    private static final int STRING = 6;
    private static final int BINARY = 7;
    private static final int STRINGS = 8;
    private static final int I18N = 9;

    private TestRpm() {}

    /// Writes a package with some files.
    ///
    /// @param payload whatever follows its headers
    static void write(Path file, String name, String version, String payload) throws IOException {
        Files.createDirectories(file.resolveSibling(""));
        Files.write(file, bytes(name, version, 5, payload));
    }

    static byte[] bytes(String name, String version, int files, String payload) throws IOException {
        TreeMap<Integer, Tag> main = new TreeMap<>();
        main.put(1000, text(STRING, name));
        main.put(1001, text(STRING, version));
        main.put(1002, text(STRING, "1"));
        main.put(1004, text(I18N, "Package " + name));
        main.put(1005, text(I18N, "What it is: <nothing> & more"));
        main.put(1006, ints(1_700_000_000));
        main.put(1009, ints(4711));
        main.put(1014, text(STRING, "MIT"));
        main.put(1022, text(STRING, "noarch"));
        main.put(1044, text(STRING, name + "-" + version + "-1.src.rpm"));
        StringBuilder names = new StringBuilder();
        int[] zeros = new int[files];
        ByteBuffer modes = ByteBuffer.allocate(2 * files);
        for (int i = 0; i < files; i++) {
            names.append("file-").append(i).append('\0');
            modes.putShort((short) 0100644);
        }
        main.put(1030, new Tag(INT16, files, modes.array()));
        main.put(1037, ints(zeros));
        main.put(1116, ints(zeros));
        main.put(1117, new Tag(STRINGS, files, names.toString().getBytes(StandardCharsets.UTF_8)));
        main.put(1118, text(STRINGS, "/usr/bin/"));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] lead = new byte[96];
        ByteBuffer.wrap(lead).putInt(0xedabeedb).put((byte) 3);
        out.writeBytes(lead);
        byte[] head = header(63, main);
        byte[] body = payload.getBytes(StandardCharsets.UTF_8);
        TreeMap<Integer, Tag> signature = new TreeMap<>();
        signature.put(1000, ints(head.length + body.length));
        out.writeBytes(header(62, signature));
        while (out.size() % 8 != 0) {
            out.write(0);
        }
        out.writeBytes(head);
        out.writeBytes(body);
        return out.toByteArray();
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Tag(int type, int count, byte[] data) {}

    private static Tag text(int type, String text) {
        return new Tag(type, 1, (text + "\0").getBytes(StandardCharsets.UTF_8));
    }

    private static Tag ints(int... values) {
        ByteBuffer data = ByteBuffer.allocate(4 * values.length);
        for (int value : values) {
            data.putInt(value);
        }
        return new Tag(INT32, values.length, data.array());
    }

    private static byte[] header(int region, Map<Integer, Tag> tags) {
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        ByteBuffer entries = ByteBuffer.allocate(16 * (tags.size() + 1));
        entries.position(16);
        tags.forEach((number, tag) -> {
            int align = tag.type == INT32 ? 4 : tag.type == INT16 ? 2 : 1;
            while (data.size() % align != 0) {
                data.write(0);
            }
            entries.putInt(number).putInt(tag.type).putInt(data.size()).putInt(tag.count);
            data.writeBytes(tag.data);
        });
        entries.putInt(0, region).putInt(4, BINARY).putInt(8, data.size()).putInt(12, 16);
        ByteBuffer trailer = ByteBuffer.allocate(16);
        trailer.putInt(region).putInt(BINARY).putInt(-entries.capacity()).putInt(16);
        data.writeBytes(trailer.array());
        ByteBuffer all = ByteBuffer.allocate(16 + entries.capacity() + data.size());
        all.putInt(0x8eade801).putInt(0).putInt(tags.size() + 1).putInt(data.size());
        return all.put(entries.array()).put(data.toByteArray()).array();
    }
}
