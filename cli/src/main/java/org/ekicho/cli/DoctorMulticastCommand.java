package org.ekicho.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.ekicho.daemon.multicast.InterfaceVerdict;
import org.ekicho.daemon.multicast.MulticastDiagnosis;
import org.ekicho.daemon.multicast.MulticastSurvey;
import org.ekicho.daemon.multicast.MulticastVerdict;
import org.ekicho.wire.IpAddress;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `ekicho doctor multicast [GROUP]`: interface by interface, whether multicast can work, and what mends it. Changes
/// nothing.
@Command(name = "multicast", description = "What keeps multicast from working on this host.")
final class DoctorMulticastCommand extends Printing implements Callable<Integer> {
    @Parameters(
            arity = "0..1",
            paramLabel = "GROUP",
            defaultValue = "224.0.1.1",
            converter = GroupConverter.class,
            description = "The group; ${DEFAULT-VALUE} (NTP's) if none is given.")
    private IpAddress group = IpAddress.literal("224.0.1.1");

    @Option(
            names = "--wait",
            paramLabel = "SECONDS",
            defaultValue = "3",
            description = "How long to listen for IGMP queries; they come every two minutes, so 130 is sure.")
    private int seconds;

    @Mixin
    private OutputOption output = new OutputOption();

    @Override
    public Integer call() throws IOException {
        MulticastVerdict verdict =
                MulticastDiagnosis.of(MulticastSurvey.of(group, Duration.ofSeconds(Math.max(seconds, 0))));
        if (output.isJson()) {
            screen.json(verdict);
        } else {
            print(verdict);
        }
        return verdict.healthy() ? Exit.GOOD : Exit.NOT_GOOD;
    }

    private void print(MulticastVerdict verdict) {
        for (InterfaceVerdict one : verdict.interfaces()) {
            screen.line(screen.bold(one.name()) + ": " + paint(one));
            screen.line("    " + String.join("; ", one.facts()));
            if (!one.mend().isEmpty()) {
                screen.line("    try: " + one.mend());
            }
        }
        screen.line(verdict.route());
        screen.line(verdict.healthy() ? screen.good(verdict.sentence()) : screen.bad(verdict.sentence()));
        if (!verdict.mend().isEmpty()) {
            screen.line("Try: " + verdict.mend());
        }
    }

    private String paint(InterfaceVerdict one) {
        return switch (one.grade()) {
            case FIT -> screen.good(one.sentence());
            case DOUBTFUL -> screen.warn(one.sentence());
            case UNFIT -> screen.bad(one.sentence());
            case ASIDE -> screen.dim(one.sentence());
        };
    }
}
