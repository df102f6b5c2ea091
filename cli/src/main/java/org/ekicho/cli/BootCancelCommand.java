package org.ekicho.cli;

import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.ekicho.daemon.boot.AuditLog;
import org.ekicho.daemon.boot.BootFolder;
import org.ekicho.daemon.boot.OrderDesk;
import org.ekicho.netboot.policy.InstallOrder;
import org.ekicho.netboot.policy.InstallOrder.State;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `ekicho boot cancel`: takes an install order back.
@Command(name = "cancel", description = "Take an install order back.")
final class BootCancelCommand extends Printing implements Callable<Integer> {
    @Mixin
    private BootOption boot = new BootOption();

    @Parameters(paramLabel = "ORDER", description = "Its id, as \"ekicho boot orders\" shows it.")
    private String id = "";

    @Override
    public Integer call() throws IOException {
        BootFolder folder = boot.folder();
        OrderDesk desk = new OrderDesk(folder);
        Optional<InstallOrder> order = desk.orders().byId(id);
        if (order.isEmpty()) {
            screen.problem("there is no order " + id + "; \"ekicho boot orders\" lists them");
            return Exit.USAGE;
        }
        State before = order.get().state();
        desk.change(book -> book.move(id, State.CANCELLED));
        new AuditLog(folder)
                .tell(Instant.now(), System.getProperty("user.name", "somebody") + " took back order " + id);
        screen.line(
                switch (before) {
                    case ARMED ->
                        "order " + id + " is taken back: " + order.get().mac() + " starts from its own disk";
                    case STARTED, ANSWERED ->
                        "order " + id + " is taken back, but " + order.get().mac()
                                + " has begun: stop the machine itself";
                    case DONE, CANCELLED -> "order " + id + " was over already";
                });
        return before == State.ARMED ? Exit.GOOD : Exit.NOT_GOOD;
    }
}
