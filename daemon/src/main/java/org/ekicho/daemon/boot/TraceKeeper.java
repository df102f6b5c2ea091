package org.ekicho.daemon.boot;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.ekicho.daemon.boot.ftp.FtpReports;
import org.ekicho.netboot.policy.BootDecision;
import org.ekicho.netboot.policy.BootPolicy;
import org.ekicho.netboot.policy.BootStep;
import org.ekicho.netboot.policy.BootWay;
import org.ekicho.netboot.policy.OfferForm;
import org.ekicho.netboot.tftp.TftpOption;
import org.ekicho.netboot.tftp.TftpReason;
import org.ekicho.netboot.tftp.TftpReport;
import org.ekicho.netboot.trace.BootAttempt;
import org.ekicho.netboot.trace.BootEvent;
import org.ekicho.netboot.trace.BootProgram;
import org.ekicho.netboot.trace.Diagnosis;
import org.ekicho.netboot.trace.MachineTrace;
import org.ekicho.netboot.trace.TftpCount;
import org.ekicho.netboot.trace.TftpOutcome;
import org.ekicho.netboot.trace.TraceBook;
import org.ekicho.netboot.trace.TraceView;
import org.ekicho.netboot.trace.Who;
import org.ekicho.netboot.trace.way.AnotherWay;
import org.ekicho.netboot.trace.way.BootModel;
import org.ekicho.netboot.trace.way.WayBook;
import org.ekicho.web.boot.BootRequest;
import org.ekicho.web.boot.BootSent;
import org.ekicho.wire.IpAddress;
import org.ekicho.wire.MacAddress;

/// Keeps the trace of every machine, from what the doors saw, and the way in which each is served next time.
public final class TraceKeeper implements BootWitness {
    private static final long NANOS = 1_000_000_000L;
    /// Loaders of one architecture.
    private static final int LOADERS = 2;
    /// Ways that were used, by machine; the trace's own limit.
    private static final int MAX_USED = TraceBook.MAX_MACHINES;

    private final InstantSource time;
    private final TraceBook book = new TraceBook();
    private final WayBook ways;
    private final Map<String, BootProgram> programs;
    private final Map<MacAddress, Used> used = new HashMap<>();

    /// In which way a machine was served last.
    private record Used(BootModel model, BootWay way) {}

    /// @param ways     whether the next attempt of a machine that failed is served in another way
    /// @param programs what the loaders are made for, by their names in the boot index
    public TraceKeeper(InstantSource time, WayBook ways, Map<String, BootProgram> programs) {
        this.time = time;
        this.ways = ways;
        this.programs = Map.copyOf(programs);
    }

    private long now() {
        Instant now = time.instant();
        return now.getEpochSecond() * NANOS + now.getNano();
    }

    /// Notes something that was seen.
    public synchronized void add(BootEvent event) {
        book.add(event);
    }

    /// An address belongs to a machine: a lease, or what its packets showed.
    public synchronized void owns(IpAddress address, MacAddress mac) {
        book.owns(address, mac, now());
    }

    /// The way for a machine's next step. What became of its last attempt is judged first.
    ///
    /// @param begins whether this may be the begin of an attempt; the way of one under way stays
    public synchronized BootWay way(MacAddress mac, String vendorClass, OfferForm form, Begins begins) {
        BootModel model = BootModel.of(vendorClass, mac);
        Used last = used.get(mac);
        if (begins == Begins.GOES_ON && last != null) {
            return last.way();
        }
        if (last != null) {
            judge(mac, last);
        }
        BootWay way = ways.way(mac, model, form);
        if (used.size() >= MAX_USED) used.clear();
        used.put(mac, new Used(model, way));
        return way;
    }

    /// Whether a packet may be the first of an attempt.
    public enum Begins {
        PERHAPS,
        GOES_ON
    }

    private void judge(MacAddress mac, Used last) {
        Optional<MachineTrace> machine = book.machine(mac);
        Optional<BootAttempt> attempt = machine.flatMap(MachineTrace::latest);
        if (attempt.isPresent()) {
            Diagnosis diagnosis = machine.get().diagnose(attempt.get(), now());
            ways.judge(
                    mac,
                    last.model(),
                    attempt.get().startedAt(),
                    last.way(),
                    diagnosis.ofWay(),
                    diagnosis.outcome(),
                    new AnotherWay.Choices(LOADERS, true));
        }
    }

    /// In which way the machine with this address was served last; for TFTP's terms.
    public synchronized Optional<BootWay> used(IpAddress address) {
        return book.owner(address).map(used::get).map(Used::way);
    }

    /// The newest attempt of a machine.
    public synchronized Optional<TraceView> latest(MacAddress mac) {
        return book.machine(mac).flatMap(machine -> TraceView.latest(machine, now()));
    }

    /// Every attempt of a machine that is still known, the oldest first.
    public synchronized List<TraceView> attempts(MacAddress mac) {
        List<TraceView> views = new ArrayList<>();
        book.machine(mac)
                .ifPresent(machine ->
                        machine.attempts().forEach(attempt -> views.add(TraceView.of(machine, attempt, now()))));
        return views;
    }

    /// The newest attempt of every machine.
    public synchronized List<TraceView> all() {
        return book.machines().stream()
                .map(machine -> TraceView.latest(machine, now()))
                .flatMap(Optional::stream)
                .toList();
    }

    // ---- what the doors say

    @Override
    public void decided(MacAddress mac, BootDecision decision) {
        add(new BootEvent.Decided(now(), Who.of(mac), "http", decision.step()));
    }

    /// DHCP decided.
    public void decided(MacAddress mac, BootStep step) {
        add(new BootEvent.Decided(now(), Who.of(mac), "dhcp", step));
    }

    @Override
    public void served(BootRequest request, Optional<MacAddress> mac, BootSent sent) {
        Who who = mac.map(m -> Who.of(m, request.peer())).orElse(Who.at(request.peer()));
        String path = request.path().startsWith(BootDesk.ANSWER) ? BootDesk.ANSWER + "…" : request.path();
        add(new BootEvent.Http(
                now() - sent.nanos(),
                who,
                request.method(),
                path,
                sent.status(),
                sent.bytes(),
                sent.nanos(),
                request.agent(),
                "",
                loader(path)));
    }

    private Optional<BootProgram> loader(String path) {
        return path.startsWith(BootPolicy.LOADERS)
                ? Optional.ofNullable(programs.get(path.substring(BootPolicy.LOADERS.length())))
                : Optional.empty();
    }

    @Override
    public void fetched(FtpReports.Fetched file, Optional<MacAddress> mac) {
        add(new BootEvent.Http(
                now() - file.nanos(),
                mac.map(m -> Who.of(m, file.client())).orElse(Who.at(file.client())),
                "RETR",
                file.path(),
                file.status(),
                file.bytes(),
                file.nanos(),
                "",
                file.from() == 0 ? "" : "bytes=" + file.from() + "-",
                Optional.empty()));
    }

    @Override
    public void reported(MacAddress mac, String step) {
        add(new BootEvent.Report(now(), Who.of(mac), step, step));
    }

    /// A TFTP transfer ended, or was refused.
    public void transferred(TftpReport report) {
        Who who = Who.at(report.client().address());
        add(new BootEvent.TftpRequest(
                report.beganNanos(),
                who,
                report.client(),
                report.asked(),
                number(report.options(), TftpOption.BLOCK_SIZE, 0),
                number(report.options(), TftpOption.WINDOW_SIZE, 0),
                option(report.options(), TftpOption.TRANSFER_SIZE).isPresent()));
        if (!report.granted().isEmpty()) {
            add(new BootEvent.TftpOptions(
                    report.beganNanos(),
                    who,
                    report.client(),
                    number(report.granted(), TftpOption.BLOCK_SIZE, 512),
                    number(report.granted(), TftpOption.WINDOW_SIZE, 1),
                    OptionalLong.of(report.size())));
        }
        TftpOutcome outcome = outcome(report.reason());
        long block = number(report.granted(), TftpOption.BLOCK_SIZE, 512);
        long acked = switch (report.reason()) {
            case NO_ANSWER -> -1;
            case BLOCKS_LOST, PROBED -> 0;
            default -> (report.bytes() + block - 1) / Math.max(1, block);
        };
        add(new BootEvent.TftpEnd(
                outcome == TftpOutcome.SILENCE ? now() : report.beganNanos() + report.lengthNanos(),
                who,
                report.client(),
                report.asked(),
                outcome,
                new TftpCount(report.blocksSent() - report.blocksResent(), acked, report.blocksResent(), (int)
                        Math.min(Integer.MAX_VALUE, report.requests() - 1L + report.duplicates())),
                report.bytes(),
                outcome == TftpOutcome.NOT_FOUND ? 1 : outcome == TftpOutcome.CLIENT_ABORTED ? 8 : -1,
                report.detail(),
                report.nearest(),
                report.file().map(programs::get)));
    }

    private static OptionalLong option(List<TftpOption> options, String name) {
        return options.stream()
                .filter(option -> option.name().equals(name))
                .map(TftpOption::number)
                .findFirst()
                .orElse(OptionalLong.empty());
    }

    private static int number(List<TftpOption> options, String name, int otherwise) {
        return (int) Math.min(Integer.MAX_VALUE, option(options, name).orElse(otherwise));
    }

    private static TftpOutcome outcome(TftpReason reason) {
        return switch (reason) {
            case COMPLETE, COMPLETE_UNCONFIRMED -> TftpOutcome.COMPLETE;
            case PROBED, CLIENT_STOPPED, CLIENT_REFUSED_OPTIONS, CLIENT_FULL, REPLACED -> TftpOutcome.CLIENT_ABORTED;
            case CLIENT_GONE, NO_ANSWER, BLOCKS_LOST, LOST, ROLL_OVER -> TftpOutcome.SILENCE;
            case NOT_FOUND, NOT_FOUND_EXPECTED -> TftpOutcome.NOT_FOUND;
            case WRITE_REFUSED,
                    BAD_MODE,
                    MALFORMED,
                    NOT_A_REQUEST,
                    NOT_SERVED,
                    TOO_MANY,
                    TOO_MANY_FROM_ADDRESS,
                    UNREADABLE,
                    NO_SOCKET,
                    STOPPED -> TftpOutcome.SERVER_REFUSED;
        };
    }
}
