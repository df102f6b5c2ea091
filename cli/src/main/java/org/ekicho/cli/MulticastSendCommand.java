package org.ekicho.cli;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.ekicho.daemon.multicast.MulticastTester;
import org.ekicho.daemon.multicast.TestDatagram;
import org.ekicho.daemon.multicast.TesterInterfaces;
import org.ekicho.host.net.NetInterface;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `ekicho multicast send [GROUP]`: numbered datagrams by each interface. Exit code 1 when the kernel refused one.
@Command(name = "send", description = "Send numbered test datagrams to a group, by each interface.")
final class MulticastSendCommand extends Printing implements Callable<Integer> {
    @Mixin
    private MulticastOptions options = new MulticastOptions();

    @Option(
            names = "--ttl",
            paramLabel = "N",
            defaultValue = "1",
            description = "Routers it may pass, plus one; 1 stays on the link.")
    private int ttl;

    @Option(
            names = {"-c", "--count"},
            paramLabel = "N",
            defaultValue = "10",
            description = "Datagrams by each interface; ${DEFAULT-VALUE} if not given.")
    private int count;

    @Option(
            names = "--interval",
            paramLabel = "MS",
            defaultValue = "1000",
            description = "Milliseconds from one to the next.")
    private int intervalMillis;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (ttl < 1 || ttl > 255 || count < 1 || intervalMillis < 0) {
            throw new ParameterException(
                    spec.commandLine(), "--ttl is 1..255, --count at least 1, --interval at least 0");
        }
        List<NetInterface> interfaces = TesterInterfaces.choose(options.interfaces);
        long run = MulticastTester.newRun();
        int refused = 0;
        try (MulticastTester tester = MulticastTester.sending(options.group, options.port)) {
            for (int number = 0; number < count; number++) {
                if (number > 0) {
                    Thread.sleep(intervalMillis);
                }
                for (NetInterface one : interfaces) {
                    refused += send(tester, one, new TestDatagram(run, number, one.name()));
                }
            }
        }
        screen.line(count * interfaces.size() - refused + " sent, " + refused + " refused by this host's kernel");
        return refused == 0 ? Exit.GOOD : Exit.NOT_GOOD;
    }

    /// 0 when it left, 1 when it was refused.
    private int send(MulticastTester tester, NetInterface by, TestDatagram datagram) {
        try {
            tester.send(by, datagram, ttl);
            screen.line(by.name() + "  #" + datagram.number() + " to " + options.group + " port " + options.port
                    + ", ttl " + ttl);
            return 0;
        } catch (IOException e) {
            screen.line(by.name() + "  #" + datagram.number() + " " + screen.bad(String.valueOf(e.getMessage())));
            return 1;
        }
    }
}
