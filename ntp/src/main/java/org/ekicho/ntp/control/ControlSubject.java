package org.ekicho.ntp.control;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.ekicho.ntp.NtpReason;
import org.ekicho.ntp.access.ClientEntry;
import org.ekicho.ntp.access.ClientTable;
import org.ekicho.ntp.settings.TimeSettings;
import org.ekicho.ntp.view.AssociationView;
import org.ekicho.ntp.view.TimeView;
import org.ekicho.wire.Moment;

/// All that one query may be answered from.
///
/// @param view has one association at least
record ControlSubject(TimeSettings settings, ControlIdentity identity, ControlFacts facts, TimeView view, Moment now) {
    Optional<AssociationView> systemPeer() {
        return view.find(view.systemPeer());
    }

    /// Whole seconds since the service started.
    long uptime() {
        return Math.max(0, now.clockNanos() - view.startedNanos()) / 1_000_000_000L;
    }

    /// Packets that came to one of these ends.
    long count(NtpReason... reasons) {
        long[] counters = facts.counters();
        return Arrays.stream(reasons)
                .mapToLong(reason -> counters[reason.ordinal()])
                .sum();
    }

    /// All packets that were received.
    long countAll() {
        return Arrays.stream(facts.counters()).sum();
    }

    /// Every client that is remembered, newest first.
    List<ClientEntry> clients() {
        return facts.clients(ClientTable.CAPACITY);
    }
}
