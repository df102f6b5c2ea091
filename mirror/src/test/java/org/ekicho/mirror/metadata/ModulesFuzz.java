package org.ekicho.mirror.metadata;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.ekicho.mirror.Reading;

/// modules.yaml of anybody is read or refused; the documents together are the file.
public final class ModulesFuzz {
    private ModulesFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        try {
            read(data);
        } catch (IOException e) {
            throw FuzzCheck.never(e);
        }
    }

    private static void read(byte[] data) throws IOException {
        StringBuilder all = new StringBuilder();
        int[] documents = new int[1];
        Reading<Integer> reading = ModulesReader.read(new ByteArrayInputStream(data), document -> {
            all.append(document.text());
            documents[0]++;
        });
        if (reading instanceof Reading.Done<Integer>(Integer count)) {
            FuzzCheck.check(count == documents[0], "documents counted and not handed on");
            String file = new String(data, StandardCharsets.UTF_8).replace("\r\n", "\n") + "\n";
            FuzzCheck.check(all.length() <= file.length() + 1, "documents longer than the file");
        }
    }
}
