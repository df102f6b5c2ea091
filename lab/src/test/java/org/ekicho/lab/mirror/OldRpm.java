package org.ekicho.lab.mirror;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/// A package of format 3 as rpm of the nineties wrote it: headers without regions, whole file names, names that it
/// provides without versions, and only its size and MD5 as proof.
final class OldRpm {
    private static final int I16 = 3;
    private static final int I32 = 4;
    private static final int STRING = 6;
    private static final int BIN = 7;
    private static final int STRINGS = 8;
    private static final int I18N = 9;

    private record Entry(int tag, int type, int count, ByteBuffer bytes) {}

    private OldRpm() {}

    /// `name-1.0-1.i386`, with `/etc/NAME.conf`, `/usr/bin/NAME`, `/usr/doc/NAME` (a folder), which provides `oldies`
    /// and requires `/bin/sh`, `libc.so.6` and `/usr/bin/NAME`.
    static byte[] of(String name) {
        byte[] main = header(List.of(
                strings(1000, STRING, name),
                strings(1001, STRING, "1.0"),
                strings(1002, STRING, "1"),
                strings(1004, I18N, "An old package"),
                strings(1005, I18N, "It is old."),
                ints(1006, 900_000_000),
                strings(1007, STRING, "porky.example.org"),
                ints(1009, 1234),
                strings(1014, STRING, "GPL"),
                strings(1016, I18N, "Applications/System"),
                strings(1021, STRING, "Linux"),
                strings(1022, STRING, "i386"),
                strings(1027, STRINGS, "/etc/" + name + ".conf", "/usr/bin/" + name, "/usr/doc/" + name),
                ints(1028, 10, 20, 1024),
                shorts(1030, 0100644, 0100755, 040755),
                shorts(1033, 0, 0, 0),
                ints(1034, 900_000_000, 900_000_000, 900_000_000),
                strings(1035, STRINGS, "d41d8cd98f00b204e9800998ecf8427e", "d41d8cd98f00b204e9800998ecf8427e", ""),
                strings(1036, STRINGS, "", "", ""),
                ints(1037, 1, 0, 0),
                strings(1039, STRINGS, "root", "root", "root"),
                strings(1040, STRINGS, "root", "root", "root"),
                strings(1044, STRING, name + "-1.0-1.src.rpm"),
                strings(1047, STRINGS, "oldies"),
                ints(1048, 0, 0, 0),
                strings(1049, STRINGS, "/bin/sh", "libc.so.6", "/usr/bin/" + name),
                strings(1050, STRINGS, "", "", ""),
                strings(1064, STRING, "2.5.3")));
        byte[] payload = payload();
        byte[] signature = header(List.of(
                ints(1000, main.length + payload.length),
                new Entry(1004, BIN, 16, ByteBuffer.wrap(md5(main, payload)))));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(lead(name + "-1.0-1"));
        out.writeBytes(signature);
        while (out.size() % 8 != 0) out.write(0);
        out.writeBytes(main);
        out.writeBytes(payload);
        return out.toByteArray();
    }

    private static byte[] lead(String title) {
        return ByteBuffer.allocate(96)
                .putInt(0xedabeedb)
                .putShort((short) 0x0300)
                .putShort((short) 0)
                .putShort((short) 1)
                .put(ByteBuffer.allocate(66)
                        .put(title.getBytes(StandardCharsets.US_ASCII))
                        .array())
                .putShort((short) 1)
                .putShort((short) 5)
                .array();
    }

    private static byte[] header(List<Entry> entries) {
        ByteBuffer data = ByteBuffer.allocate(1 << 16);
        ByteBuffer index = ByteBuffer.allocate(16 * entries.size());
        for (Entry entry : entries) {
            int width = entry.type == I32 ? 4 : entry.type == I16 ? 2 : 1;
            while (data.position() % width != 0) data.put((byte) 0);
            index.putInt(entry.tag).putInt(entry.type).putInt(data.position()).putInt(entry.count);
            data.put(entry.bytes.duplicate());
        }
        return ByteBuffer.allocate(16 + index.position() + data.position())
                .putInt(0x8eade801)
                .putInt(0)
                .putInt(entries.size())
                .putInt(data.position())
                .put(index.flip())
                .put(data.flip())
                .array();
    }

    private static Entry strings(int tag, int type, String... texts) {
        byte[] bytes = (String.join("\0", texts) + "\0").getBytes(StandardCharsets.UTF_8);
        return new Entry(tag, type, texts.length, ByteBuffer.wrap(bytes));
    }

    private static Entry ints(int tag, int... numbers) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * numbers.length);
        for (int number : numbers) bytes.putInt(number);
        return new Entry(tag, I32, numbers.length, bytes.flip());
    }

    private static Entry shorts(int tag, int... numbers) {
        ByteBuffer bytes = ByteBuffer.allocate(2 * numbers.length);
        for (int number : numbers) bytes.putShort((short) number);
        return new Entry(tag, I16, numbers.length, bytes.flip());
    }

    private static byte[] payload() {
        List<String> fields = new ArrayList<>(List.of("070701"));
        for (int i = 0; i < 13; i++) fields.add(i == 4 ? "00000001" : i == 11 ? "0000000b" : "00000000");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gz = new GZIPOutputStream(bytes)) {
            gz.write((String.join("", fields) + "TRAILER!!!\0\0\0\0").getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static byte[] md5(byte[] main, byte[] payload) {
        try {
            MessageDigest md5 = MessageDigest.getInstance("MD5");
            md5.update(main);
            return md5.digest(payload);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
