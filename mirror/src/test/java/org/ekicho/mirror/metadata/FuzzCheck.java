package org.ekicho.mirror.metadata;

import java.io.IOException;
import org.ekicho.mirror.MirrorReason;
import org.ekicho.mirror.Reading;
import org.ekicho.mirror.Refusal;

/// What fuzz targets of readers share.
public final class FuzzCheck {
    private FuzzCheck() {}

    public static void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalStateException(otherwise);
        }
    }

    /// True when a copy ended as `wanted`. A copy may refuse what a reader skips: letters that XML does not allow.
    public static <T> boolean copied(Reading<T> copied, Reading<T> wanted) {
        if (copied instanceof Reading.Refused<T>(Refusal refusal)) {
            check(refusal.reason() == MirrorReason.MALFORMED, "read and not copied: " + refusal);
            return false;
        }
        check(copied.equals(wanted), "copied otherwise: " + copied);
        return true;
    }

    /// Bytes in memory never fail to be read: an exception of the stream is one of the reader.
    public static IllegalStateException never(IOException e) {
        return new IllegalStateException("an array of bytes could not be read", e);
    }
}
