package org.ekicho.daemon.control;

/// One question on the control socket: one JSON record, one per connection.
///
/// @param ask   what
/// @param limit rows wanted at most, where there are rows; 0: the daemon's own limit
public record ControlRequest(Question ask, int limit) {
    public static ControlRequest of(Question ask) {
        return new ControlRequest(ask, 0);
    }
}
