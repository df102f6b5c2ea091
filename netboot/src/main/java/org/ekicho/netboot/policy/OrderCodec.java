package org.ekicho.netboot.policy;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ekicho.netboot.policy.InstallOrder.State;
import org.ekicho.wire.MacAddress;

/// The order book as a file: one order a line, its fields parted by tabs.
///
/// ```
/// 3f9a1c	52:54:00:77:00:01	web-server	anna	2026-11-27T09:00:00Z	2026-11-27T11:00:00Z	ARMED	-
/// ```
public final class OrderCodec {
    private static final int FIELDS = 8;
    private static final String NONE = "-";

    /// Longer than any honest line.
    private static final int MAX_LINE = 1000;

    private OrderCodec() {}

    /// What was read.
    ///
    /// @param orders   the good lines
    /// @param problems one sentence for each line that is none, with its number
    public record Read(OrderBook orders, List<String> problems) {}

    public static String format(OrderBook book) {
        StringBuilder text = new StringBuilder("# Ekicho's install orders; `ekicho boot orders` shows them\n");
        for (InstallOrder order : book.orders()) {
            text.append(String.join(
                            "\t",
                            order.id(),
                            order.mac().toString(),
                            order.profile(),
                            order.by(),
                            order.armedAt().toString(),
                            order.expiresAt().toString(),
                            order.state().name(),
                            order.token().orElse(NONE)))
                    .append('\n');
        }
        return text.toString();
    }

    /// Reads what [#format] wrote. A line that is none is reported and left out: an order that cannot be read installs
    /// nothing.
    public static Read parse(String text) {
        List<InstallOrder> orders = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        int number = 0;
        for (String line : text.split("\n", -1)) {
            number++;
            if (line.isBlank() || line.startsWith("#")) continue;
            Optional<InstallOrder> order = line(line);
            if (order.isEmpty()) {
                problems.add("line " + number + " is no install order and was left out");
            } else if (orders.size() < OrderBook.MAX_ORDERS) {
                orders.add(order.get());
            }
        }
        return new Read(new OrderBook(orders), problems);
    }

    private static Optional<InstallOrder> line(String line) {
        String[] fields = line.split("\t", -1);
        if (fields.length != FIELDS || line.length() > MAX_LINE) {
            return Optional.empty();
        }
        Optional<MacAddress> mac = MacAddress.parse(fields[1]);
        if (mac.isEmpty() || fields[0].isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new InstallOrder(
                    fields[0],
                    mac.get(),
                    fields[2],
                    fields[3],
                    Instant.parse(fields[4]),
                    Instant.parse(fields[5]),
                    State.valueOf(fields[6]),
                    fields[7].equals(NONE) ? Optional.empty() : Optional.of(fields[7])));
        } catch (DateTimeException | IllegalArgumentException | ArithmeticException e) {
            return Optional.empty();
        }
    }
}
