package org.ekicho.mirror.metadata;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.ekicho.mirror.Reading;

/// comps.xml of anybody is read or refused.
public final class CompsFuzz {
    private CompsFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        try {
            read(data);
        } catch (IOException e) {
            throw FuzzCheck.never(e);
        }
    }

    private static void read(byte[] data) throws IOException {
        if (CompsReader.read(new ByteArrayInputStream(data)) instanceof Reading.Done<Comps>(Comps comps)) {
            for (Comps.Group group : comps.groups()) {
                FuzzCheck.check(comps.group(group.id()).isPresent(), "a group that is not found by its id");
            }
        }
    }
}
