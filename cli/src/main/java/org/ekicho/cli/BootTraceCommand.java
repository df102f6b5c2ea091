package org.ekicho.cli;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.ekicho.netboot.trace.BootEvent;
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
            "It reads a capture of the wire, made with: tcpdump -i eth1 -s 0 -w boot.pcap"
        })
final class BootTraceCommand extends Printing implements Callable<Integer> {
    @Mixin
    private OutputOption output = new OutputOption();

    @Option(
            names = "--capture",
            required = true,
            paramLabel = "FILE",
            description = "A capture in the classic format of libpcap.")
    @SuppressWarnings("NullAway.Init")
    private Path capture;

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

    @Override
    public Integer call() throws IOException {
        Set<IpAddress> own = new HashSet<>();
        for (String server : servers) {
            if (IpAddress.parse(server).isEmpty()) {
                screen.problem("\"" + server + "\" is no address");
                return Exit.USAGE;
            }
            own.add(IpAddress.literal(server));
        }
        Tapped tapped;
        try (InputStream in = new BufferedInputStream(Files.newInputStream(capture))) {
            tapped = WireTap.read(in, own);
        }
        tapped.summary().problem().ifPresent(problem -> screen.notice(capture + ": " + problem));
        TraceBook book = new TraceBook();
        long last = tapped.summary().lastAt();
        for (BootEvent event : tapped.events()) {
            book.add(event);
        }
        List<TraceView> views = new ArrayList<>();
        for (MachineTrace machine : book.machines()) {
            if (mac == null || machine.mac().equals(mac)) {
                machine.attempts().forEach(attempt -> views.add(TraceView.of(machine, attempt, last)));
            }
        }
        if (output.isJson()) {
            screen.json(views);
        } else if (views.isEmpty()) {
            screen.line("nothing boots in " + capture + ": no machine asks for an address as firmware does ("
                    + tapped.summary().packets() + " packets)");
        } else {
            views.forEach(view -> screen.print(TraceText.format(view) + "\n"));
        }
        if (views.isEmpty()) {
            return Exit.UNKNOWN;
        }
        return views.stream().anyMatch(view -> view.outcome().equals("FAILED")) ? Exit.NOT_GOOD : Exit.GOOD;
    }
}
