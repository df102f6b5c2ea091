package org.ekicho.daemon.mirror.folder;

import java.io.IOException;
import java.io.Serial;

/// Another run works on the repository; the message says which, since when, and what to do.
public final class LockedException extends IOException {
    @Serial
    private static final long serialVersionUID = 1L;

    public LockedException(String message) {
        super(message);
    }
}
