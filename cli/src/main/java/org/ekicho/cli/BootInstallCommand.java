package org.ekicho.cli;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.ekicho.daemon.boot.AuditLog;
import org.ekicho.daemon.boot.BootFolder;
import org.ekicho.daemon.boot.OrderDesk;
import org.ekicho.netboot.policy.InstallOrder;
import org.ekicho.netboot.policy.InstallOrder.State;
import org.ekicho.netboot.settings.BootSettings;
import org.ekicho.wire.MacAddress;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `ekicho boot install`: arms an install order.
@Command(
        name = "install",
        description = "Arm an install order: at its next network boot the machine installs, once. Its disk is lost.")
final class BootInstallCommand extends Printing implements Callable<Integer> {
    private static final int ID_BYTES = 3;

    @Mixin
    private BootOption boot = new BootOption();

    @Mixin
    private OutputOption output = new OutputOption();

    @Parameters(
            index = "0",
            paramLabel = "MACHINE",
            description = "A hardware address, or the name of a [[boot.machine]].")
    private String machine = "";

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "PROFILE",
            description = "What to install (default: the machine's own profile).")
    private @Nullable String profile;

    @Option(
            names = "--within",
            paramLabel = "HOURS",
            defaultValue = "2",
            description = "How long the order waits for the machine, 1..168 (default: ${DEFAULT-VALUE}).")
    private int hours = 2;

    @Override
    public Integer call() throws IOException {
        BootSettings settings = boot.settings();
        NamedMachine named;
        try {
            named = NamedMachine.find(settings, machine, profile);
        } catch (IllegalArgumentException e) {
            screen.problem(String.valueOf(e.getMessage()));
            return Exit.USAGE;
        }
        if (hours < 1 || hours > InstallOrder.MAX_LIFE.toHours()) {
            screen.problem("an order waits 1.." + InstallOrder.MAX_LIFE.toHours() + " hours, not " + hours);
            return Exit.USAGE;
        }
        InstallOrder order = arm(named.mac(), named.profile().name());
        if (output.isJson()) {
            screen.json(BootOrdersCommand.Line.of(order, order.armedAt()));
        } else {
            screen.line("order " + order.id() + ": " + order.mac() + " installs \"" + order.profile()
                    + "\" at its next network boot, until " + order.expiresAt());
            screen.line("what is on its disk will be lost; to take it back: ekicho boot cancel " + order.id());
        }
        return Exit.GOOD;
    }

    private InstallOrder arm(MacAddress mac, String what) throws IOException {
        BootFolder folder = boot.folder();
        byte[] id = new byte[ID_BYTES];
        new SecureRandom().nextBytes(id);
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        InstallOrder order = new InstallOrder(
                HexFormat.of().formatHex(id),
                mac,
                what,
                System.getProperty("user.name", "somebody"),
                now,
                now.plus(Duration.ofHours(hours)),
                State.ARMED,
                Optional.empty());
        new OrderDesk(folder).change(book -> book.arm(order));
        new AuditLog(folder)
                .tell(
                        now,
                        order.by() + " armed order " + order.id() + ": \"" + what + "\" on " + mac + " until "
                                + order.expiresAt());
        return order;
    }
}
