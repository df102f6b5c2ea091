package org.ekicho.netboot.policy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ekicho.netboot.policy.InstallOrder.State;
import org.ekicho.wire.MacAddress;

/// All install orders, the newest last; a value that never changes. At most one of a machine is armed.
///
/// @param orders newest last
public record OrderBook(List<InstallOrder> orders) {
    /// Orders kept: some years of a busy site, and still read in a moment.
    public static final int MAX_ORDERS = 10_000;

    public static final OrderBook EMPTY = new OrderBook(List.of());

    public OrderBook {
        orders = List.copyOf(orders);
    }

    /// Adds an order. One of the same machine that is still armed is taken back; the oldest that is over goes when the
    /// book is full.
    public OrderBook arm(InstallOrder order) {
        List<InstallOrder> next = new ArrayList<>(orders.size() + 1);
        for (InstallOrder old : orders) {
            boolean replaced = old.mac().equals(order.mac()) && old.state() == State.ARMED;
            next.add(replaced ? old.in(State.CANCELLED) : old);
        }
        next.add(order);
        return new OrderBook(next.size() > MAX_ORDERS ? next.subList(next.size() - MAX_ORDERS, next.size()) : next);
    }

    /// The newest order of a machine.
    public Optional<InstallOrder> of(MacAddress mac) {
        return orders.reversed().stream()
                .filter(order -> order.mac().equals(mac))
                .findFirst();
    }

    public Optional<InstallOrder> byId(String id) {
        return orders.reversed().stream().filter(order -> order.id().equals(id)).findFirst();
    }

    /// The order goes on to a state; one that is further already stays there.
    public OrderBook move(String id, State state) {
        return replace(id, state, Optional.empty());
    }

    /// The order's answer file opens with another secret from now on.
    public OrderBook token(String id, String digest) {
        return replace(id, State.ARMED, Optional.of(digest));
    }

    private OrderBook replace(String id, State state, Optional<String> digest) {
        return new OrderBook(orders.stream()
                .map(order -> {
                    if (!order.id().equals(id)) return order;
                    InstallOrder moved = order.in(state);
                    return digest.map(moved::with).orElse(moved);
                })
                .toList());
    }

    /// Those that a boot would carry out now.
    public List<InstallOrder> armed(Instant now) {
        return orders.stream().filter(order -> order.isArmed(now)).toList();
    }
}
