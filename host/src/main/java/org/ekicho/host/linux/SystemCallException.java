package org.ekicho.host.linux;

import java.io.IOException;

/// A system call that failed: names the call, what it was for, the error as C names it, and what to do where that is
/// known.
public class SystemCallException extends IOException {
    private final String call;
    private final int errno;

    /// @param call    what was called and for what: `bind to 0.0.0.0:123`
    /// @param errno   the error code, positive
    /// @param remedy what to do, a sentence without a full stop; empty when nothing sensible can be said
    public SystemCallException(String call, int errno, String remedy) {
        super(call + ": " + Errno.text(errno) + (remedy.isEmpty() ? "" : "; " + remedy));
        this.call = call;
        this.errno = errno;
    }

    public String call() {
        return call;
    }

    public int errno() {
        return errno;
    }
}
