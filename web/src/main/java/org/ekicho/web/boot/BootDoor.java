package org.ekicho.web.boot;

import java.io.IOException;

/// Decides what machines get by HTTP, and hears what became of it.
public interface BootDoor {
    /// Called on a thread that may wait.
    ///
    /// @throws IOException when it cannot be told now: answered with 503
    BootAnswer answer(BootRequest request) throws IOException;

    /// An answer is over. Called on a thread that must not wait for long.
    void sent(BootRequest request, BootSent sent);
}
