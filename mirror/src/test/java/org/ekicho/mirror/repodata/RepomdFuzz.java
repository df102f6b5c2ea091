package org.ekicho.mirror.repodata;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.ekicho.mirror.Reading;
import org.ekicho.mirror.location.Locations;
import org.ekicho.mirror.metadata.FuzzCheck;
import org.ekicho.mirror.sync.Seen;

/// repomd.xml of anybody is read or refused, and names only places inside the repository.
public final class RepomdFuzz {
    private RepomdFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        try {
            read(data);
        } catch (IOException e) {
            throw FuzzCheck.never(e);
        }
    }

    private static void read(byte[] data) throws IOException {
        if (RepomdReader.read(new ByteArrayInputStream(data)) instanceof Reading.Done<Repomd>(Repomd repomd)) {
            for (RepomdRecord record : repomd.records()) {
                FuzzCheck.check(
                        Locations.check(record.location(), Locations.Use.METADATA) instanceof Reading.Done,
                        "a record outside of the repository");
                FuzzCheck.check(record.size().orElse(0) >= 0, "a negative size");
            }
            FuzzCheck.check(!Seen.of(repomd).words().isEmpty(), "a time that cannot be told");
        }
    }
}
