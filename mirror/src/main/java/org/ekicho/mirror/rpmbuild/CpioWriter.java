package org.ekicho.mirror.rpmbuild;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// Writes a cpio archive of the "new ASCII" kind (`070701`), the payload of packages.
final class CpioWriter {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private int inode;

    void entry(String name, int mode, int mtime, byte[] content) {
        inode++;
        header(name, inode, mode, mtime, content.length, 1);
        out.writeBytes(content);
        HeaderWriter.pad(out, 4);
    }

    byte[] finish() {
        header("TRAILER!!!", 0, 0, 0, 0, 1);
        return out.toByteArray();
    }

    private void header(String name, int ino, int mode, int mtime, int size, int links) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        int[] fields = {ino, mode, 0, 0, links, mtime, size, 0, 0, 0, 0, bytes.length + 1, 0};
        out.writeBytes("070701".getBytes(StandardCharsets.US_ASCII));
        for (int field : fields) {
            out.writeBytes(String.format(Locale.ROOT, "%08x", field).getBytes(StandardCharsets.US_ASCII));
        }
        out.writeBytes(bytes);
        out.write(0);
        HeaderWriter.pad(out, 4);
    }
}
