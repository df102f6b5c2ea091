package org.ekicho.netboot.trace;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ekicho.wire.IpAddress;

/// What is worth saying beside the verdict.
final class Notes {
    private Notes() {}

    static List<String> of(BootAttempt attempt, BootVerdict verdict) {
        List<String> notes = new ArrayList<>();
        if (TftpTransfer.of(attempt.events()).stream().anyMatch(TftpTransfer::isProbe)) {
            notes.add("The TFTP request that ended with \"user aborted\" only asked for the size: that is normal.");
        }
        servers(attempt, notes);
        if (verdict != BootVerdict.BOOTED_SLOW) {
            SlowSpots.of(attempt).forEach(spot -> notes.add("Time was lost: " + spot.why() + "."));
        }
        if (attempt.dropped() > 0) {
            notes.add(attempt.dropped() + " events in the middle of this attempt were too many to keep.");
        }
        return notes;
    }

    /// Who answered, when it was more than one: who gave the address and who the boot file.
    private static void servers(BootAttempt attempt, List<String> notes) {
        Map<IpAddress, String> roles = new LinkedHashMap<>();
        for (BootEvent event : attempt.events()) {
            if (!(event instanceof BootEvent.Dhcp reply) || reply.fromClient()) continue;
            boolean gives = reply.gift().address().isPresent();
            boolean boots = reply.gift().pxe() || reply.atBootServer();
            String whose = reply.whose() == Whose.OURS ? " (ours)" : "";
            String role = !gives || reply.atBootServer()
                    ? "as boot service (proxyDHCP)"
                    : boots ? "as DHCP server that also boots" : "as DHCP server";
            roles.putIfAbsent(reply.server(), reply.server() + whose + " " + role);
        }
        if (roles.size() > 1) {
            notes.add(roles.size() + " servers answered: " + String.join(", ", roles.values()) + ".");
        }
    }
}
