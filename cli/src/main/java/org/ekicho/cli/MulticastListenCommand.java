package org.ekicho.cli;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.ekicho.daemon.multicast.MulticastTester;
import org.ekicho.daemon.multicast.MulticastTester.Heard;
import org.ekicho.daemon.multicast.TestTally;
import org.ekicho.daemon.multicast.TestTally.Arrival;
import org.ekicho.daemon.multicast.TesterInterfaces;
import org.ekicho.host.net.NetInterface;
import org.ekicho.wire.IpAddress;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/// `ekicho multicast listen [GROUP]`: what came by which interface, from whom, what is missing. Exit code 1 when
/// nothing
/// came.
@Command(name = "listen", description = "Hear test datagrams of a group, and count what is missing.")
final class MulticastListenCommand extends Printing implements Callable<Integer> {
    private static final long ONE_SECOND = TimeUnit.SECONDS.toNanos(1);

    @Mixin
    private MulticastOptions options = new MulticastOptions();

    @Option(
            names = "--source",
            paramLabel = "ADDRESS",
            converter = AddressConverter.class,
            description = "Hear this sender only (source-filtered join).")
    private Optional<IpAddress> source = Optional.empty();

    @Option(
            names = "--for",
            paramLabel = "SECONDS",
            defaultValue = "0",
            description = "End after this time; without it Ctrl-C ends.")
    private int seconds;

    @Option(
            names = {"-c", "--count"},
            paramLabel = "N",
            defaultValue = "0",
            description = "End after so many datagrams.")
    private int count;

    @Mixin
    private OutputOption output = new OutputOption();

    private final TestTally tally = new TestTally();

    /// Reads a numeric address.
    static final class AddressConverter implements ITypeConverter<IpAddress> {
        @Override
        public IpAddress convert(String text) {
            return IpAddress.parse(text)
                    .orElseThrow(() -> new TypeConversionException("\"" + text + "\" is no numeric IP address"));
        }
    }

    @Override
    public Integer call() throws IOException {
        List<NetInterface> interfaces = TesterInterfaces.choose(options.interfaces);
        Map<Integer, String> names =
                interfaces.stream().collect(Collectors.toMap(NetInterface::index, NetInterface::name));
        Thread summary = new Thread(() -> printTally(names), "summary");
        try (MulticastTester tester = MulticastTester.listening(options.group, options.port, interfaces, source)) {
            say("listening to " + options.group + " port " + options.port + " on "
                    + interfaces.stream().map(NetInterface::name).collect(Collectors.joining(", "))
                    + (seconds > 0 ? " for " + seconds + " s" : "; Ctrl-C ends"));
            Runtime.getRuntime().addShutdownHook(summary);
            listen(tester, names);
        }
        Runtime.getRuntime().removeShutdownHook(summary);
        printTally(names);
        return lines().isEmpty() ? Exit.NOT_GOOD : Exit.GOOD;
    }

    private void listen(MulticastTester tester, Map<Integer, String> names) throws IOException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        int came = 0;
        while ((seconds <= 0 || System.nanoTime() < end) && (count <= 0 || came < count)) {
            for (Heard heard : tester.hear(ONE_SECOND)) {
                came++;
                Arrival arrival = add(heard);
                say(names.getOrDefault(heard.interfaceIndex(), "interface " + heard.interfaceIndex()) + "  #"
                        + heard.datagram().number() + " from " + heard.from() + " (its "
                        + heard.datagram().sentBy() + ")" + remark(arrival));
            }
        }
    }

    /// The summary may be printed by another thread, at Ctrl-C.
    private Arrival add(Heard heard) {
        synchronized (tally) {
            return tally.add(heard.datagram(), heard.from(), heard.interfaceIndex());
        }
    }

    private List<TestTally.Line> lines() {
        synchronized (tally) {
            return tally.lines();
        }
    }

    private static String remark(Arrival arrival) {
        return switch (arrival) {
            case NEXT -> "";
            case AFTER_A_GAP -> ", after a gap";
            case DUPLICATE -> ", came before";
            case LATE -> ", late";
            case NOT_COUNTED -> ", not counted: too many senders";
        };
    }

    private void say(String line) {
        if (!output.isJson()) {
            screen.line(line);
        }
    }

    private void printTally(Map<Integer, String> names) {
        List<TestTally.Line> lines = lines();
        if (output.isJson()) {
            screen.json(lines);
            return;
        }
        if (lines.isEmpty()) {
            screen.line(screen.bad("nothing came") + "; is a sender running (ekicho multicast send "
                    + options.group + ")? ekicho doctor multicast " + options.group
                    + " looks at this host; then look at the firewall (UDP " + options.port
                    + " and IGMP) and at the switches");
        }
        for (TestTally.Line line : lines) {
            TestTally.Stream stream = line.stream();
            TestTally.Count sum = line.count();
            screen.line(names.getOrDefault(stream.interfaceIndex(), "interface " + stream.interfaceIndex()) + "  from "
                    + stream.from() + " (its " + stream.sentBy() + "): " + sum.received() + " came, " + sum.lost()
                    + " lost, " + sum.duplicates() + " twice, " + sum.late() + " late");
        }
    }
}
