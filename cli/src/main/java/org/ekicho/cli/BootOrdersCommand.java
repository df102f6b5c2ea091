package org.ekicho.cli;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.ekicho.daemon.boot.OrderDesk;
import org.ekicho.netboot.policy.InstallOrder;
import org.ekicho.netboot.policy.InstallOrder.State;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `ekicho boot orders`: what was ordered and what became of it.
@Command(name = "orders", description = "List the install orders, and what became of them.")
final class BootOrdersCommand extends Printing implements Callable<Integer> {
    @Mixin
    private BootOption boot = new BootOption();

    @Mixin
    private OutputOption output = new OutputOption();

    /// One order.
    ///
    /// @param state armed, expired, started, answered, done, cancelled
    record Line(String id, String mac, String profile, String by, String armed, String expires, String state) {
        static Line of(InstallOrder order, Instant now) {
            String state = order.state() == State.ARMED && !order.isArmed(now)
                    ? "expired"
                    : order.state().name().toLowerCase(Locale.ROOT);
            return new Line(
                    order.id(),
                    order.mac().toString(),
                    order.profile(),
                    order.by(),
                    order.armedAt().toString(),
                    order.expiresAt().toString(),
                    state);
        }
    }

    @Override
    public Integer call() throws IOException {
        Instant now = Instant.now();
        List<InstallOrder> orders =
                new OrderDesk(boot.folder()).orders().orders().reversed();
        if (output.isJson()) {
            screen.json(orders.stream().map(order -> Line.of(order, now)).toList());
            return Exit.GOOD;
        }
        if (orders.isEmpty()) {
            screen.line("no install orders; \"ekicho boot install MACHINE PROFILE\" arms one");
        }
        for (InstallOrder order : orders) {
            Line line = Line.of(order, now);
            String rest = order.isArmed(now)
                    ? "armed, " + words(Duration.between(now, order.expiresAt())) + " left"
                    : line.state();
            screen.line(
                    String.format("%s  %s  %-16s %-24s by %s", line.id(), line.mac(), line.profile(), rest, line.by()));
        }
        return Exit.GOOD;
    }

    private static String words(Duration left) {
        return left.toHours() > 0 ? left.toHours() + " h " + left.toMinutesPart() + " min" : left.toMinutes() + " min";
    }
}
