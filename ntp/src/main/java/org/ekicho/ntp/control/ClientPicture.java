package org.ekicho.ntp.control;

import java.util.List;
import org.ekicho.ntp.access.ClientEntry;
import org.ekicho.ntp.access.ClientTable;

/// The list of clients, taken at most once a second: taking it holds up the server for the time that it takes to copy
/// some thousand rows, and ntpq asks for it page by page.
final class ClientPicture {
    private static final long AGE_NANOS = 1_000_000_000L;

    private List<ClientEntry> clients = List.of();
    private long takenNanos;
    private boolean taken;

    /// Every client that is remembered, newest first, as it was within the last second.
    List<ClientEntry> of(ControlFacts facts, long monotonicNanos) {
        if (!taken || monotonicNanos - takenNanos >= AGE_NANOS) {
            clients = facts.clients(ClientTable.CAPACITY);
            takenNanos = monotonicNanos;
            taken = true;
        }
        return clients;
    }
}
