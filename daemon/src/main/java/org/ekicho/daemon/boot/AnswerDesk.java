package org.ekicho.daemon.boot;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLongArray;
import org.ekicho.netboot.policy.InstallOrder;
import org.ekicho.netboot.policy.InstallOrder.State;
import org.ekicho.netboot.policy.OrderBook;
import org.ekicho.wire.MacAddress;

/// Decides who gets an answer file: the machine of the order, with the order's secret, once, in time.
final class AnswerDesk {
    private final AuditLog audit;
    private final AtomicLongArray counts = new AtomicLongArray(AnswerReason.values().length);

    AnswerDesk(AuditLog audit) {
        this.audit = audit;
    }

    /// What was decided.
    ///
    /// @param order the order; empty when refused
    record Verdict(AnswerReason reason, Optional<InstallOrder> order) {}

    /// @param mac whose machine asks, where that is known
    Verdict judge(String token, Optional<MacAddress> mac, String peer, OrderBook orders, Instant now) {
        String digest = BootTokens.digest(token);
        Optional<InstallOrder> order = orders.orders().reversed().stream()
                .filter(o -> o.token().filter(digest::equals).isPresent())
                .findFirst();
        AnswerReason reason = reason(order, mac, now);
        if (reason != AnswerReason.GIVEN) {
            refuse(reason, order, mac, peer, now);
        }
        return new Verdict(reason, reason == AnswerReason.GIVEN ? order : Optional.empty());
    }

    private static AnswerReason reason(Optional<InstallOrder> order, Optional<MacAddress> mac, Instant now) {
        if (order.isEmpty()) {
            return AnswerReason.UNKNOWN_SECRET;
        }
        if (mac.isPresent() && !mac.get().equals(order.get().mac())) {
            return AnswerReason.OTHER_MACHINE;
        }
        if (order.get().state() == State.ANSWERED || order.get().state() == State.DONE) {
            return AnswerReason.USED;
        }
        return order.get().mayBeAnswered(now) ? AnswerReason.GIVEN : AnswerReason.EXPIRED;
    }

    void refuse(AnswerReason reason, Optional<InstallOrder> order, Optional<MacAddress> mac, String peer, Instant now) {
        count(reason);
        audit.tell(
                now,
                "refused answer file to " + peer + mac.map(m -> " (" + m + ")").orElse("") + ": " + reason.sentence()
                        + order.map(o -> "; order " + o.id() + " for " + o.mac())
                                .orElse(""));
    }

    void given(InstallOrder order, String peer, Instant now) {
        count(AnswerReason.GIVEN);
        audit.tell(now, "gave the answer file of order " + order.id() + " for " + order.mac() + " to " + peer);
    }

    private void count(AnswerReason reason) {
        counts.incrementAndGet(reason.ordinal());
    }

    /// How often since the start.
    long counted(AnswerReason reason) {
        return counts.get(reason.ordinal());
    }
}
