package org.ekicho.mirror.snapshot;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;

/// Manifests and states come on media from elsewhere: each is refused with its place, or is exactly what we write.
public final class SnapshotFuzz {
    private SnapshotFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) throws IOException {
        try {
            Snapshot snapshot = SnapshotCodec.parse(new ByteArrayInputStream(data));
            ByteArrayOutputStream again = new ByteArrayOutputStream();
            SnapshotCodec.format(snapshot, again);
            check(Arrays.equals(data, again.toByteArray()), "another text of the same snapshot");
        } catch (ManifestException e) {
            check(e.line() > 0 && e.column() > 0, "a refusal without a place");
        }
        try {
            ChannelState state = ChannelCodec.parse(new ByteArrayInputStream(data));
            check(Arrays.equals(data, ChannelCodec.format(state)), "another text of the same state");
        } catch (ManifestException e) {
            check(e.line() > 0 && e.column() > 0, "a refusal without a place");
        }
    }

    private static void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalStateException(otherwise);
        }
    }
}
