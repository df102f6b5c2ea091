package org.ekicho.daemon.mirror.folder;

import java.io.IOException;
import java.io.Serial;
import java.nio.file.Path;
import java.util.List;
import org.ekicho.mirror.MirrorReason;

/// There is not enough room on the disk; the message says how much there is and how much is wanted.
public final class DiskFullException extends IOException {
    @Serial
    private static final long serialVersionUID = 1L;

    /// What the kernel says of ENOSPC (bytes or names are used up) and of EDQUOT.
    private static final List<String> WORDS = List.of("No space left on device", "Disk quota exceeded");

    public DiskFullException(String message) {
        super(message);
    }

    /// Whether a write failed because there is no room: neither bytes nor names nor quota.
    public static boolean isCauseOf(IOException failure) {
        String words = String.valueOf(failure.getMessage());
        return failure instanceof DiskFullException || WORDS.stream().anyMatch(words::contains);
    }

    /// The same failure, in a sentence of its own when there is no room.
    ///
    /// @param where the folder that was written to
    /// @param then  what is left of the work and what to do, such as "free some and say it again"
    public static IOException tell(IOException failure, Path where, String then) {
        if (failure instanceof DiskFullException || !isCauseOf(failure)) {
            return failure;
        }
        DiskFullException told =
                new DiskFullException(MirrorReason.DISK_FULL.sentence() + " of " + where + "; " + then);
        told.addSuppressed(failure);
        return told;
    }
}
