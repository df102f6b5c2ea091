package org.ekicho.netboot.trace;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.ekicho.netboot.client.BootStage;
import org.ekicho.wire.Endpoint;

/// One try of the firmware within an attempt: PXE, then HTTP Boot, each with a transaction id of its own.
///
/// @param events of this try and of what it started
/// @param nextAt when the next try or the next attempt began; empty for the last of all
record BootTry(List<BootEvent> events, OptionalLong nextAt) {
    BootTry {
        events = List.copyOf(events);
    }

    /// The tries of an attempt, at least one.
    static List<BootTry> of(BootAttempt attempt, OptionalLong nextAttemptAt) {
        List<List<BootEvent>> parts = new ArrayList<>();
        parts.add(new ArrayList<>());
        Map<Endpoint, Integer> asked = new HashMap<>();
        Optional<Integer> xid = Optional.empty();
        for (BootEvent event : attempt.events()) {
            if (event instanceof BootEvent.Dhcp dhcp && isRomDiscover(dhcp)) {
                if (xid.isPresent() && xid.get() != dhcp.xid()) parts.add(new ArrayList<>());
                xid = Optional.of(dhcp.xid());
            }
            if (event instanceof BootEvent.TftpRequest ask) asked.put(ask.client(), parts.size() - 1);
            // A transfer's end belongs to the try that began it, though the firmware may have gone on before we gave
            // up.
            int part = BootTimeline.clientOf(event).map(asked::get).orElse(parts.size() - 1);
            parts.get(part).add(event);
        }
        List<BootTry> tries = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            OptionalLong next = i + 1 < parts.size()
                    ? OptionalLong.of(parts.get(i + 1).getFirst().atNanos())
                    : nextAttemptAt;
            tries.add(new BootTry(parts.get(i), next));
        }
        return tries;
    }

    private static boolean isRomDiscover(BootEvent.Dhcp dhcp) {
        return dhcp.kind() == DhcpKind.DISCOVER
                && dhcp.fromClient()
                && (dhcp.stage() == BootStage.PXE_ROM || dhcp.stage() == BootStage.HTTP_ROM);
    }

    /// What asked first.
    Optional<BootStage> stage() {
        return events.stream()
                .filter(event -> event instanceof BootEvent.Dhcp dhcp && dhcp.fromClient())
                .map(event -> ((BootEvent.Dhcp) event).stage())
                .findFirst();
    }
}
