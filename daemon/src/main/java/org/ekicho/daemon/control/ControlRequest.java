package org.ekicho.daemon.control;

import org.jspecify.annotations.Nullable;

/// One question on the control socket: one JSON record, one per connection.
///
/// @param ask   what
/// @param limit rows wanted at most, where there are rows; 0: the daemon's own limit
/// @param about what it is about, where that is one thing: a hardware address; empty: all
public record ControlRequest(Question ask, int limit, String about) {
    /// @param about null from a command line of an older version
    public ControlRequest(Question ask, int limit, @Nullable String about) {
        this.ask = ask;
        this.limit = limit;
        this.about = about == null ? "" : about;
    }

    public ControlRequest(Question ask, int limit) {
        this(ask, limit, "");
    }

    public static ControlRequest of(Question ask) {
        return new ControlRequest(ask, 0, "");
    }
}
