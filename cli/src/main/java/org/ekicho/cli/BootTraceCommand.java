package org.ekicho.cli;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.ekicho.daemon.control.ControlRequest;
import org.ekicho.daemon.control.Question;
import org.ekicho.netboot.trace.MachineTrace;
import org.ekicho.netboot.trace.TraceBook;
import org.ekicho.netboot.trace.TraceText;
import org.ekicho.netboot.trace.TraceView;
import org.ekicho.netboot.trace.tap.WireTap;
import org.ekicho.netboot.trace.tap.WireTap.Tapped;
import org.ekicho.wire.IpAddress;
import org.ekicho.wire.MacAddress;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `ekicho boot trace`: what became of a machine's boot, from a capture.
@Command(
        name = "trace",
        description = {
            "Say step by step what became of a machine's network boot, and in one sentence why it failed.",
            "It asks the running daemon, or reads a capture: tcpdump -i eth1 -s 0 -w boot.pcap"
        })
final class BootTraceCommand extends Printing implements Callable<Integer> {
    @Mixin
    private OutputOption output = new OutputOption();

    @Option(
            names = "--capture",
            paramLabel = "FILE",
            description = "A capture in the classic format of libpcap, instead of the daemon.")
    private @Nullable Path capture;

    @Option(
            names = "--server",
            paramLabel = "ADDRESS",
            description = "An address of ours, to tell our answers from others' (may be given several times).")
    private List<String> servers = new ArrayList<>();

    @Parameters(
            arity = "0..1",
            paramLabel = "MAC",
            converter = MacConverter.class,
            description = "Only of this machine (default: all that booted).")
    private @Nullable MacAddress mac;

    @Mixin
    private ControlOption control = new ControlOption();

    @Override
    public Integer call() throws IOException {
        List<TraceView> views = new ArrayList<>();
        if (capture == null) {
            views.addAll(List.of(control.ask(
                    new ControlRequest(Question.BOOT_TRACE, 0, mac == null ? "" : mac.toString()), TraceView[].class)));
        } else {
            Optional<Set<IpAddress>> own = own();
            if (own.isEmpty()) return Exit.USAGE;
            views.addAll(read(capture, own.get()));
        }
        if (output.isJson()) {
            screen.json(views);
        } else if (views.isEmpty()) {
            screen.line("nothing has been seen of " + (mac == null ? "any machine" : mac) + " that boots"
                    + (capture == null ? " since the daemon started" : " in " + capture));
        } else {
            views.forEach(view -> screen.print(TraceText.format(view) + "\n"));
        }
        if (views.isEmpty()) {
            return Exit.UNKNOWN;
        }
        return views.stream().anyMatch(view -> view.outcome().equals("FAILED")) ? Exit.NOT_GOOD : Exit.GOOD;
    }

    private Optional<Set<IpAddress>> own() {
        Set<IpAddress> own = new HashSet<>();
        for (String server : servers) {
            Optional<IpAddress> address = IpAddress.parse(server);
            if (address.isEmpty()) {
                screen.problem("\"" + server + "\" is no address");
                return Optional.empty();
            }
            own.add(address.get());
        }
        return Optional.of(own);
    }

    private List<TraceView> read(Path file, Set<IpAddress> own) throws IOException {
        Tapped tapped;
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            tapped = WireTap.read(in, own);
        }
        tapped.summary().problem().ifPresent(problem -> screen.notice(file + ": " + problem));
        TraceBook book = new TraceBook();
        tapped.events().forEach(book::add);
        List<TraceView> views = new ArrayList<>();
        for (MachineTrace machine : book.machines()) {
            if (mac == null || machine.mac().equals(mac)) {
                machine.attempts()
                        .forEach(attempt -> views.add(
                                TraceView.of(machine, attempt, tapped.summary().lastAt())));
            }
        }
        return views;
    }
}
