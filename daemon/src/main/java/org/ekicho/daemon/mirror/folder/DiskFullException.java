package org.ekicho.daemon.mirror.folder;

import java.io.IOException;
import java.io.Serial;

/// There is not enough room on the disk; the message says how much there is and how much is wanted.
public final class DiskFullException extends IOException {
    @Serial
    private static final long serialVersionUID = 1L;

    public DiskFullException(String message) {
        super(message);
    }
}
