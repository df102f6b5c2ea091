package org.ekicho.netboot.trace;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ekicho.netboot.client.BootStage;

/// Where an attempt lost time that it need not have lost.
final class SlowSpots {
    private static final long SECOND = 1_000_000_000L;
    /// iPXE before October 2020 waits 13 to 14 s for an IPv6 router advertisement on every boot without one.
    static final long ROUTER_LEAST = 10 * SECOND;
    static final long ROUTER_MOST = 20 * SECOND;
    /// A server that answers DISCOVER later than this probes the address first (dnsmasq: 3 s).
    static final long OFFER_SLOW = 2 * SECOND;

    /// A first question that says it is later than this was not the first: spanning tree takes 30 s.
    static final int SECS_LATE = 20;

    /// A transfer shorter than this is not called slow, however small the file.
    private static final long TRANSFER_LONG = 5 * SECOND;
    /// 100 kB a second: a tenth of what the slowest firmware does block by block.
    private static final long NANOS_PER_BYTE = 10_000;

    private SlowSpots() {}

    /// One spot.
    ///
    /// @param atNanos when the time began to be lost
    /// @param reason  in a few words
    /// @param why     a clause that can follow a colon, with what ends it
    record Spot(long atNanos, long nanos, String what, String reason, String why) {}

    static List<Spot> of(BootAttempt attempt) {
        List<Spot> spots = new ArrayList<>();
        heardLate(attempt, spots);
        routerWait(attempt, spots);
        for (TftpTransfer transfer : TftpTransfer.of(attempt.events())) {
            slowness(transfer)
                    .ifPresent(why -> spots.add(new Spot(
                            transfer.firstAt,
                            transfer.nanos(),
                            "TFTP " + transfer.file,
                            why,
                            "TFTP of \"" + transfer.file + "\" took " + Words.time(transfer.nanos()) + ": " + why)));
        }
        return spots;
    }

    /// Why a transfer that came whole was slow; empty when it was not.
    static Optional<String> slowness(TftpTransfer transfer) {
        if (!transfer.complete()) return Optional.empty();
        if (transfer.lossy()) {
            return Optional.of(transfer.count.resent() + " of " + transfer.count.sent()
                    + " blocks were sent again, packets are lost on the way");
        }
        boolean slow = transfer.nanos() >= TRANSFER_LONG && transfer.bytes() < transfer.nanos() / NANOS_PER_BYTE;
        return slow ? Optional.of("less than 100 kB a second") : Optional.empty();
    }

    private static void heardLate(BootAttempt attempt, List<Spot> spots) {
        for (BootEvent event : attempt.events()) {
            if (!(event instanceof BootEvent.Dhcp dhcp) || !dhcp.fromClient()) continue;
            if (dhcp.secs() >= SECS_LATE && dhcp.stage().boots() && dhcp.kind() == DhcpKind.DISCOVER) {
                spots.add(new Spot(
                        dhcp.atNanos(),
                        dhcp.secs() * SECOND,
                        "has been asking for " + dhcp.secs() + " s before we heard it",
                        "its switch port was held back",
                        "its first question reached us after " + dhcp.secs() + " s of asking: spanning tree holds its"
                                + " switch port back (switch on edge port, \"PortFast\")"));
            }
            return;
        }
    }

    private static void routerWait(BootAttempt attempt, List<Spot> spots) {
        long given = Long.MIN_VALUE;
        for (BootEvent event : attempt.events()) {
            if (event instanceof BootEvent.Dhcp dhcp && dhcp.stage() == BootStage.IPXE && dhcp.kind() == DhcpKind.ACK) {
                given = dhcp.atNanos();
            } else if (given != Long.MIN_VALUE && isFetch(event)) {
                long nanos = event.atNanos() - given;
                if (nanos >= ROUTER_LEAST && nanos <= ROUTER_MOST) spots.add(router(given, nanos));
                given = Long.MIN_VALUE;
            }
        }
    }

    private static Spot router(long at, long nanos) {
        String time = Words.time(nanos);
        return new Spot(
                at,
                nanos,
                "iPXE waits " + time + " before it fetches",
                "for an IPv6 router advertisement",
                "it spent " + time + " (iPXE of before 2020-10: about 14 s) waiting for an IPv6 router advertisement;"
                        + " one with lifetime 0, or a newer iPXE, ends that");
    }

    private static boolean isFetch(BootEvent event) {
        return event instanceof BootEvent.Http
                || event instanceof BootEvent.Conversation
                || event instanceof BootEvent.TftpRequest;
    }

    static String words(List<Spot> spots) {
        return String.join("; ", spots.stream().map(Spot::why).toList());
    }
}
