package org.ekicho.daemon.control;

import java.util.List;
import org.ekicho.ntp.access.ClientEntry;

/// Who asked for time, the newest first.
///
/// @param nowNanos the served clock when this was made
public record ClientList(long nowNanos, List<ClientEntry> clients) {
    public ClientList {
        clients = List.copyOf(clients);
    }
}
