package org.ekicho.netboot.trace;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ekicho.netboot.client.BootStage;
import org.ekicho.wire.IpAddress;

/// Finds what is wrong between the first DISCOVER and the first request for a file.
final class DhcpDoctor {
    private static final long SECOND = 1_000_000_000L;
    /// UEFI collects offers for 4 s whatever is answered; a second DISCOVER comes when nothing usable was.
    private static final long OFFER_PATIENCE = 7 * SECOND;
    /// EDK2 gives the boot service 1 + 2 + 3 + 4 s, and asks ARP for 24 s.
    private static final long SILENCE_PATIENCE = 20 * SECOND;
    private static final int MANY = 3;

    private final Evidence seen;
    private final boolean over;
    private final long now;

    /// @param over whether another try or attempt followed
    DhcpDoctor(Evidence seen, boolean over, long now) {
        this.seen = seen;
        this.over = over;
        this.now = now;
    }

    Optional<Finding> find() {
        if (seen.discovers.isEmpty() && seen.requests.isEmpty()) return Optional.empty();
        Optional<Finding> after = nextServer().or(this::bootServer);
        if (after.isPresent()) return after;
        if (!seen.acks.isEmpty()) return afterAck();
        if (!seen.naks.isEmpty()) {
            BootEvent.Dhcp nak = seen.naks.getLast();
            return found(
                    BootVerdict.ADDRESS_REFUSED, Map.of("server", nak.server().toString()), nak.atNanos());
        }
        if (!seen.requests.isEmpty()) return afterRequest();
        return unheard(seen.discovers, seen.offers);
    }

    /// The same for a loader that got no address of its own.
    Optional<Finding> findForLoader() {
        List<BootEvent.Dhcp> asks = seen.loaderDhcp.stream()
                .filter(dhcp -> dhcp.kind() == DhcpKind.DISCOVER)
                .toList();
        if (asks.isEmpty()) return Optional.empty();
        long first = asks.getFirst().atNanos();
        List<BootEvent.Dhcp> offers =
                seen.offers.stream().filter(offer -> offer.atNanos() >= first).toList();
        boolean requested = seen.requests.stream().anyMatch(request -> request.atNanos() >= first);
        return requested ? Optional.empty() : unheard(asks, offers);
    }

    private Optional<Finding> nextServer() {
        for (BootEvent.ArpAsk ask : seen.wanted.values()) {
            if (!ask.unanswered() || seen.owners.contains(ask.wanted()) || answered(ask.wanted())) continue;
            return found(
                    BootVerdict.WRONG_NEXT_SERVER,
                    Map.of("wanted", ask.wanted().toString(), "giver", giver(ask.wanted())),
                    ask.atNanos());
        }
        return Optional.empty();
    }

    /// True for a server that answers DHCP: it is there, and what is lost lies elsewhere.
    private boolean answered(IpAddress wanted) {
        return seen.offers.stream().anyMatch(offer -> offer.server().equals(wanted))
                || seen.acks.stream().anyMatch(ack -> ack.server().equals(wanted));
    }

    /// Which server told the machine of this address.
    private String giver(IpAddress wanted) {
        for (List<BootEvent.Dhcp> replies : List.of(seen.serverAnswers, seen.acks, seen.offers)) {
            for (BootEvent.Dhcp reply : replies) {
                boolean named = reply.gift().next().equals(Optional.of(wanted))
                        || reply.gift().file().contains(wanted.toString());
                if (named) return reply.server() + (reply.whose() == Whose.OURS ? " (ours)" : "");
            }
        }
        return "unknown";
    }

    /// Asked so often, it has heard none of the answers that we may have sent.
    private Optional<Finding> bootServer() {
        if (seen.serverAsks.size() < MANY) return Optional.empty();
        BootEvent.Dhcp first = seen.serverAsks.getFirst();
        return found(
                BootVerdict.PORT_4011_CLOSED,
                Map.of(
                        "server", first.to().address().toString(),
                        "times", Words.times(seen.serverAsks.size())),
                first.atNanos());
    }

    private Optional<Finding> afterAck() {
        BootEvent.Dhcp ack = seen.acks.getLast();
        boolean bootFile = !seen.fileOffered().isEmpty();
        boolean othersOnly = seen.acks.stream().allMatch(one -> one.whose() == Whose.OTHER)
                && seen.offers.stream().noneMatch(offer -> offer.whose() == Whose.OURS);
        if (!over && now - seen.lastAt < SILENCE_PATIENCE) return Optional.empty();
        if (othersOnly || !bootFile) {
            return ack.whose() == Whose.OTHER ? otherWon(ack.server(), ack.atNanos()) : ignored(ack);
        }
        return ignored(ack);
    }

    private Optional<Finding> ignored(BootEvent.Dhcp ack) {
        return found(BootVerdict.OFFER_IGNORED, Map.of(), ack.atNanos());
    }

    private Optional<Finding> afterRequest() {
        BootEvent.Dhcp request = seen.requests.getLast();
        Optional<IpAddress> chosen = request.gift().server();
        boolean ours = seen.offers.stream()
                .anyMatch(offer -> offer.whose() == Whose.OURS && chosen.equals(Optional.of(offer.server())));
        if (!over && now - seen.lastAt < SILENCE_PATIENCE) return Optional.empty();
        // Beside a foreign DHCP server that one always wins; what matters is what became of our boot offer.
        boolean proxied = seen.offers.stream()
                .anyMatch(offer ->
                        offer.whose() == Whose.OURS && offer.gift().address().isEmpty());
        if (proxied) return ignored(request);
        if (chosen.isPresent() && !ours) return otherWon(chosen.get(), request.atNanos());
        return unheard(seen.requests, seen.offers);
    }

    private static Optional<Finding> otherWon(IpAddress winner, long at) {
        return found(BootVerdict.OTHER_DHCP_WON, Map.of("winner", winner.toString()), at);
    }

    private Optional<Finding> unheard(List<BootEvent.Dhcp> asks, List<BootEvent.Dhcp> answers) {
        if (asks.isEmpty()) return Optional.empty();
        long first = asks.getFirst().atNanos();
        boolean waited = over || now - first >= OFFER_PATIENCE;
        boolean repeated = asks.size() >= 2 || over || now - first >= SILENCE_PATIENCE;
        if (!waited || !repeated) return Optional.empty();
        long time = Math.max(asks.getLast().atNanos() - first, secs(asks.getLast()) * SECOND);
        Map<String, String> facts = Map.of(
                "times", Words.times(asks.size()),
                "time", Words.time(Math.max(time, Math.min(now - first, OFFER_PATIENCE))));
        return found(answers.isEmpty() ? BootVerdict.NO_ANSWER : BootVerdict.OFFER_NOT_HEARD, facts, first);
    }

    /// What the client says it has been trying; iPXE counts otherwise, and that is not used.
    private static int secs(BootEvent.Dhcp ask) {
        return ask.stage() == BootStage.IPXE ? 0 : ask.secs();
    }

    private static Optional<Finding> found(BootVerdict verdict, Map<String, String> facts, long at) {
        return Optional.of(new Finding(verdict, facts, at));
    }
}
