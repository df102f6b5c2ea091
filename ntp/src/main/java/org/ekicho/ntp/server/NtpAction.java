package org.ekicho.ntp.server;

import org.ekicho.ntp.NtpReason;

/// What is to be done about one received datagram. The values are made once and reused, never per packet.
public sealed interface NtpAction {
    /// Send the reply that stands in the reply datagram, after sealing it.
    record Reply() implements NtpAction {
        static final Reply VALUE = new Reply();
    }

    /// Send the kiss-o'-death that stands in the reply datagram, after sealing it.
    record Kiss(NtpReason reason) implements NtpAction {}

    /// Do nothing but count.
    record Drop(NtpReason reason) implements NtpAction {}

    /// It is for the time engine: a reply to our own request, or a broadcast. Access list and length are checked.
    record ToEngine() implements NtpAction {
        static final ToEngine VALUE = new ToEngine();
    }

    /// It is a control query (mode 6). The access list is checked.
    record ToControl() implements NtpAction {
        static final ToControl VALUE = new ToControl();
    }
}
