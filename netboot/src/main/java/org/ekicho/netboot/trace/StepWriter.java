package org.ekicho.netboot.trace;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.ekicho.netboot.client.BootStage;
import org.ekicho.netboot.policy.BootStep;
import org.ekicho.wire.IpAddress;

/// Writes the events of an attempt as graded steps, each in plain words.
final class StepWriter {
    /// UEFI's first time-out for offers is 4 s, less what the clocks differ in.
    private static final long UEFI_FLOOR = 3_500_000_000L;

    private final List<TraceStep> steps = new ArrayList<>();
    private final Set<IpAddress> owners = new HashSet<>();
    private TraceStage stage = TraceStage.ROM;
    private long discoverAt = Long.MIN_VALUE;
    private boolean serverAnswered;
    private boolean uefi;

    private StepWriter() {}

    /// The steps of an attempt, in the order of their times.
    static List<TraceStep> write(BootAttempt attempt) {
        StepWriter writer = new StepWriter();
        List<TftpTransfer> transfers = TftpTransfer.of(attempt.events());
        for (BootEvent event : attempt.events()) {
            if (event instanceof BootEvent.ArpAnswer answer) writer.owners.add(answer.owner());
            writer.serverAnswered |= event instanceof BootEvent.Dhcp dhcp && !dhcp.fromClient() && dhcp.atBootServer();
        }
        for (BootEvent event : attempt.events()) {
            writer.stage(event);
            writer.add(event, transfers);
        }
        SlowSpots.of(attempt).stream()
                .filter(spot -> !spot.what().startsWith("TFTP"))
                .forEach(spot -> writer.steps.add(
                        new TraceStep(spot.atNanos(), TraceStage.LOADER, spot.what(), Grade.SLOW, spot.reason())));
        writer.steps.sort(Comparator.comparingLong(TraceStep::atNanos));
        return List.copyOf(writer.steps);
    }

    private void stage(BootEvent event) {
        if (event instanceof BootEvent.Dhcp dhcp && dhcp.fromClient()) {
            stage = switch (dhcp.stage()) {
                case PXE_ROM, HTTP_ROM -> TraceStage.ROM;
                case IPXE -> TraceStage.LOADER;
                case INSTALLER -> TraceStage.INSTALLER;
                case SYSTEM -> stage;
            };
        }
        TraceStage reached = AttemptLog.reaches(event);
        if (reached.compareTo(stage) > 0) stage = reached;
    }

    private void add(BootEvent event, List<TftpTransfer> transfers) {
        switch (event) {
            case BootEvent.Dhcp dhcp -> dhcp(dhcp);
            case BootEvent.ArpAsk ask -> {
                if (ask.unanswered() && !owners.contains(ask.wanted())) {
                    String what = "asks " + Words.times(ask.times()) + " in "
                            + Words.time(ask.lastAtNanos() - ask.atNanos()) + " who has " + ask.wanted();
                    step(event, what, Grade.FAILED, "nobody has that address");
                }
            }
            case BootEvent.TftpRequest ask ->
                transfers.stream()
                        .filter(one -> one.firstAt == ask.atNanos() && one.client.equals(ask.client()))
                        .forEach(one -> transfer(event, one));
            case BootEvent.Http http -> http(http);
            case BootEvent.Packages many ->
                step(
                        event,
                        many.count() + " packages and indexes, " + Words.bytes(many.bytes()) + " in "
                                + Words.time(many.until() - many.atNanos()),
                        Grade.OK,
                        "");
            case BootEvent.Conversation talk ->
                step(
                        event,
                        "HTTP to " + talk.server() + ": "
                                + (talk.received() == 0 ? "opened" : Words.bytes(talk.received()))
                                + (talk.nanos() > 0 ? " in " + Words.time(talk.nanos()) : ""),
                        Grade.OK,
                        talk.over() ? "" : "the rest is not in this capture");
            case BootEvent.Report report ->
                step(
                        event,
                        "reports " + report.phase() + (report.text().isEmpty() ? "" : ": " + report.text()),
                        report.phase().equals("failed") ? Grade.FAILED : Grade.OK,
                        "");
            case BootEvent.Told told -> step(event, "says " + told.name() + " " + told.value(), Grade.OK, "");
            case BootEvent.Link link ->
                step(
                        event,
                        "our interface " + link.name() + (link.up() ? " has" : " lost") + " its link",
                        link.up() ? Grade.OK : Grade.FAILED,
                        "");
            case BootEvent.Decided decided ->
                step(event, decided(decided), Grade.OK, decided.step().why().sentence());
            case BootEvent.Order order -> step(event, "order " + order.change().words(), Grade.OK, "");
            case BootEvent.ArpAnswer _, BootEvent.TftpOptions _, BootEvent.TftpProgress _, BootEvent.TftpEnd _ -> {}
        }
    }

    private void step(BootEvent event, String what, Grade grade, String why) {
        steps.add(new TraceStep(event.atNanos(), stage, what, grade, why));
    }

    private void dhcp(BootEvent.Dhcp dhcp) {
        if (dhcp.atBootServer()) {
            boolean lost = dhcp.fromClient() && !serverAnswered;
            String what = dhcp.fromClient()
                    ? "asks the boot service at " + dhcp.to()
                    : name(dhcp) + " answers on port 4011" + file(dhcp);
            step(dhcp, what, lost ? Grade.FAILED : Grade.OK, lost ? "no answer" : "");
            return;
        }
        switch (dhcp.kind()) {
            case DISCOVER -> {
                discoverAt = dhcp.atNanos();
                uefi = dhcp.arch().filter(arch -> arch.isUefi()).isPresent();
                String of =
                        dhcp.arch().map(arch -> ", " + arch.program().words()).orElse("");
                step(dhcp, "asks for an address: " + asker(dhcp.stage()) + of, Grade.OK, "");
            }
            case OFFER -> {
                long took = dhcp.atNanos() - discoverAt;
                boolean slow = discoverAt != Long.MIN_VALUE && took >= SlowSpots.OFFER_SLOW;
                String what = dhcp.gift()
                        .address()
                        .map(address -> " offers " + address + file(dhcp))
                        .orElse(" offers to boot it" + file(dhcp));
                step(
                        dhcp,
                        name(dhcp) + what,
                        slow ? Grade.SLOW : Grade.OK,
                        slow ? "after " + Words.time(took) + ": it checks the address first" : "");
            }
            case REQUEST -> {
                long took = dhcp.atNanos() - discoverAt;
                boolean floor = discoverAt != Long.MIN_VALUE && isUefi(dhcp.stage()) && took >= UEFI_FLOOR;
                String what = dhcp.gift()
                        .server()
                        .map(server -> "the offer of " + server)
                        .orElse("an offer");
                step(
                        dhcp,
                        "takes " + what,
                        floor ? Grade.EXPECTED : Grade.OK,
                        floor ? "UEFI collects offers for 4 s, whatever is answered" : "");
            }
            case ACK ->
                step(
                        dhcp,
                        name(dhcp) + " confirms"
                                + dhcp.gift()
                                        .address()
                                        .map(address -> " " + address)
                                        .orElse("") + file(dhcp),
                        Grade.OK,
                        "");
            case NAK -> step(dhcp, name(dhcp) + " refuses the address", Grade.FAILED, "");
            case DECLINE -> step(dhcp, "declines the address: somebody has it", Grade.FAILED, "");
            case RELEASE, INFORM, OTHER -> {}
        }
    }

    private boolean isUefi(BootStage asks) {
        return uefi && (asks == BootStage.PXE_ROM || asks == BootStage.HTTP_ROM);
    }

    private static String asker(BootStage stage) {
        return switch (stage) {
            case PXE_ROM -> "PXE firmware";
            case HTTP_ROM -> "HTTP Boot firmware";
            case IPXE -> "iPXE";
            case INSTALLER -> "installer";
            case SYSTEM -> "system";
        };
    }

    private static String name(BootEvent.Dhcp dhcp) {
        return dhcp.server() + (dhcp.whose() == Whose.OURS ? " (ours)" : "");
    }

    private static String file(BootEvent.Dhcp dhcp) {
        String file = dhcp.gift().file();
        boolean elsewhere = dhcp.gift().next().isPresent()
                && !dhcp.gift().next().equals(Optional.of(dhcp.server()))
                && !file.isEmpty();
        return (file.isEmpty() ? "" : ", file " + file)
                + (elsewhere ? " at " + dhcp.gift().next().get() : "");
    }

    private void transfer(BootEvent event, TftpTransfer transfer) {
        String name = "TFTP " + transfer.file;
        if (transfer.isProbe()) {
            step(event, name + ": asks for its size", Grade.EXPECTED, "size probe, ended by the firmware itself");
        } else if (transfer.complete()) {
            String what = name + ": " + Words.bytes(transfer.bytes()) + " in " + Words.time(transfer.nanos())
                    + ", blocks of " + transfer.blockSize + (transfer.window > 1 ? " × " + transfer.window : "");
            Optional<String> slow = SlowSpots.slowness(transfer);
            step(event, what, slow.isPresent() ? Grade.SLOW : Grade.OK, slow.orElse(""));
        } else if (transfer.endedBy(TftpOutcome.NOT_FOUND)) {
            boolean expected = FileRole.mayBeMissing(transfer.file);
            step(
                    event,
                    name + ": no such file",
                    expected ? Grade.EXPECTED : Grade.FAILED,
                    expected ? "loaders always ask for it" : nearest(transfer));
        } else if (transfer.endedBy(TftpOutcome.SERVER_REFUSED)) {
            step(
                    event,
                    name + ": refused",
                    Grade.FAILED,
                    transfer.end.map(BootEvent.TftpEnd::message).orElse(""));
        } else if (transfer.unanswered()) {
            int times = Math.max(transfer.asks, transfer.count.repeats() + 1);
            step(
                    event,
                    name + ": asked " + Words.times(times) + " in " + Words.time(transfer.nanos()),
                    Grade.FAILED,
                    "none of our answers is acknowledged");
        } else if (transfer.blocksLost()) {
            step(
                    event,
                    name + ": options agreed, then nothing for " + Words.time(transfer.nanos()),
                    Grade.FAILED,
                    "no block of " + transfer.blockSize + " bytes is acknowledged");
        } else if (transfer.end.isPresent()) {
            step(
                    event,
                    name + ": ended after block " + transfer.count.acked(),
                    Grade.FAILED,
                    transfer.count.resent() + " blocks were sent again");
        } else {
            step(event, name + ": block " + Math.max(0, transfer.count.acked()), Grade.OK, "");
        }
    }

    private static String nearest(TftpTransfer transfer) {
        return transfer.end
                .flatMap(BootEvent.TftpEnd::nearest)
                .map(name -> "the most like it is " + name)
                .orElse("");
    }

    private void http(BootEvent.Http http) {
        String range = http.range().isEmpty() ? "" : " (" + http.range() + ")";
        String what = http.method() + " " + http.path() + range + ": " + http.status();
        if (http.good()) {
            step(http, what + ", " + Words.bytes(http.bytes()) + " in " + Words.time(http.nanos()), Grade.OK, "");
            return;
        }
        boolean expected = FileRole.mayBeMissing(http.path());
        step(http, what, expected ? Grade.EXPECTED : Grade.FAILED, expected ? "it is always asked for" : "");
    }

    private static String decided(BootEvent.Decided decided) {
        String step = switch (decided.step()) {
            case BootStep.ByTftp tftp ->
                tftp.file() + " by TFTP, blocks of at most " + tftp.largest()
                        + (tftp.onePort() ? ", from one port" : "");
            case BootStep.ByHttp http -> http.path() + " by HTTP";
            case BootStep.LocalDisk _ -> "its own disk";
            case BootStep.Silence _ -> "no answer";
        };
        return "we decide (" + decided.door() + "): " + step;
    }
}
