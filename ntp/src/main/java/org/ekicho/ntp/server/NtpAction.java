package org.ekicho.ntp.server;

import java.util.Arrays;
import java.util.List;
import org.ekicho.ntp.NtpReason;

/// What is to be done about one received datagram. The values are made once and reused, never per packet.
public sealed interface NtpAction {
    /// Send the reply that stands in the reply datagram, after sealing it.
    record Reply() implements NtpAction {
        static final Reply VALUE = new Reply();
    }

    /// Send the kiss-o'-death or crypto-NAK that stands in the reply datagram, after sealing it.
    record Kiss(NtpReason reason) implements NtpAction {
        private static final List<Kiss> BY_REASON =
                Arrays.stream(NtpReason.values()).map(Kiss::new).toList();

        static Kiss of(NtpReason reason) {
            return BY_REASON.get(reason.ordinal());
        }
    }

    /// Do nothing but count.
    record Drop(NtpReason reason) implements NtpAction {
        private static final List<Drop> BY_REASON =
                Arrays.stream(NtpReason.values()).map(Drop::new).toList();

        static Drop of(NtpReason reason) {
            return BY_REASON.get(reason.ordinal());
        }
    }

    /// It is for the time engine: a reply to our own request, or a broadcast. Access list and length are checked.
    record ToEngine() implements NtpAction {
        static final ToEngine VALUE = new ToEngine();
    }

    /// It is a control query (mode 6). The access list is checked; [NtpServer#restrictFlags()] has its other flags.
    record ToControl() implements NtpAction {
        static final ToControl VALUE = new ToControl();
    }
}
