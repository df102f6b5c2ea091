package org.ekicho.mirror.metadata;

import java.io.IOException;

/// What fuzz targets of readers share.
public final class FuzzCheck {
    private FuzzCheck() {}

    public static void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalStateException(otherwise);
        }
    }

    /// Bytes in memory never fail to be read: an exception of the stream is one of the reader.
    public static IllegalStateException never(IOException e) {
        return new IllegalStateException("an array of bytes could not be read", e);
    }
}
