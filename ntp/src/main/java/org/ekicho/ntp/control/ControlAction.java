package org.ekicho.ntp.control;

import java.util.List;
import org.ekicho.ntp.NtpReason;
import org.ekicho.wire.Datagram;

/// What is to be done about one control query.
public sealed interface ControlAction {
    /// Send these, in this order.
    ///
    /// @param fragments addressed back to the asker, from the address and by the interface that it asked
    /// @param reason    what to count: `OK`, or why the answer is an error
    record Replies(List<Datagram> fragments, NtpReason reason) implements ControlAction {
        public Replies {
            fragments = List.copyOf(fragments);
        }
    }

    /// Do nothing but count.
    record Drop(NtpReason reason) implements ControlAction {}
}
