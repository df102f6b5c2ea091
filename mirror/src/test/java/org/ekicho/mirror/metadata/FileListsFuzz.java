package org.ekicho.mirror.metadata;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.ekicho.mirror.Reading;

/// filelists.xml of anybody is read or refused.
public final class FileListsFuzz {
    private FileListsFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        try {
            read(data);
        } catch (IOException e) {
            throw FuzzCheck.never(e);
        }
    }

    private static void read(byte[] data) throws IOException {
        int[] packages = new int[1];
        Reading<Integer> reading = FilesReader.read(new ByteArrayInputStream(data), (owner, files) -> packages[0]++);
        if (reading instanceof Reading.Done<Integer>(Integer count)) {
            FuzzCheck.check(count == packages[0], "packages counted and not handed on");
        }
    }
}
