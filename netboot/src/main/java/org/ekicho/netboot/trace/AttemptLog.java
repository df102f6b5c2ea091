package org.ekicho.netboot.trace;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ekicho.netboot.client.BootStage;
import org.ekicho.wire.Endpoint;

/// The events of one attempt while they come in: in order, folded, and not too many.
final class AttemptLog {
    /// Events kept of an attempt. A boot with all its retries has 20 to 80; what is above this is a loop.
    static final int MAX_EVENTS = 240;
    /// Of these, the first ones stay when room is needed: how it began tells more than the middle of a loop.
    static final int FIRST_KEPT = 80;
    /// A conversation that gave more than this gave a kernel: loaders are smaller, no kernel is.
    static final long KERNEL_BYTES = 4L << 20;

    private final int number;
    private final List<BootEvent> events = new ArrayList<>();
    private long dropped;
    private TraceStage reached = TraceStage.ROM;
    private boolean loaderIsRom;
    private boolean anyClient;

    AttemptLog(int number) {
        this.number = number;
    }

    /// Adds it at its place; true when the number of events has grown.
    boolean add(BootEvent event) {
        note(event);
        int before = events.size();
        if (!folded(event)) {
            int at = events.size();
            while (at > 0 && events.get(at - 1).atNanos() > event.atNanos()) at--;
            events.add(at, alone(event));
            if (events.size() > MAX_EVENTS) {
                events.remove(FIRST_KEPT);
                dropped++;
            }
        }
        return events.size() > before;
    }

    private void note(BootEvent event) {
        if (event instanceof BootEvent.Dhcp dhcp && dhcp.fromClient() && !anyClient) {
            anyClient = true;
            loaderIsRom = dhcp.stage() == BootStage.IPXE;
        }
        TraceStage stage = reaches(event);
        if (stage.compareTo(reached) > 0) reached = stage;
    }

    /// How far a machine has come that causes this event.
    static TraceStage reaches(BootEvent event) {
        return switch (event) {
            case BootEvent.Dhcp dhcp when dhcp.fromClient() && dhcp.stage() == BootStage.IPXE -> TraceStage.LOADER;
            case BootEvent.Dhcp dhcp
            when dhcp.fromClient() && dhcp.stage() == BootStage.INSTALLER -> TraceStage.INSTALLER;
            case BootEvent.Http http when http.good() -> reaches(FileRole.of(http.path()));
            case BootEvent.TftpEnd end when end.outcome() == TftpOutcome.COMPLETE -> reaches(FileRole.of(end.file()));
            case BootEvent.Conversation talk when talk.received() >= KERNEL_BYTES -> TraceStage.KERNEL;
            case BootEvent.Packages _ -> TraceStage.INSTALLER;
            case BootEvent.Report report -> report.phase().equals("medium") ? TraceStage.LOADER : TraceStage.REPORT;
            default -> TraceStage.ROM;
        };
    }

    private static TraceStage reaches(FileRole role) {
        return switch (role) {
            case LOADER, OTHER -> TraceStage.ROM;
            case SCRIPT -> TraceStage.LOADER;
            case KERNEL, INITRD -> TraceStage.KERNEL;
            case SOURCE, ANSWER, PACKAGES -> TraceStage.INSTALLER;
        };
    }

    private boolean folded(BootEvent event) {
        for (int i = events.size() - 1; i >= 0; i--) {
            BootEvent earlier = events.get(i);
            if (earlier instanceof BootEvent.Dhcp dhcp && dhcp.kind() == DhcpKind.DISCOVER) return false;
            Optional<BootEvent> both = together(earlier, event);
            if (both.isPresent()) {
                events.set(i, both.get());
                return true;
            }
        }
        return false;
    }

    /// Both in one event; empty when they stay two.
    private static Optional<BootEvent> together(BootEvent earlier, BootEvent event) {
        return switch (event) {
            case BootEvent.TftpProgress now
            when earlier instanceof BootEvent.TftpProgress then && then.client().equals(now.client()) ->
                Optional.of(now);
            case BootEvent.ArpAsk now
            when earlier instanceof BootEvent.ArpAsk then
                    && then.wanted().equals(now.wanted())
                    && now.atNanos() - then.lastAtNanos() <= BootEvent.ArpAsk.ROW_NANOS ->
                Optional.of(new BootEvent.ArpAsk(
                        Math.min(then.atNanos(), now.atNanos()),
                        then.who(),
                        then.wanted(),
                        then.times() + now.times(),
                        Math.max(then.lastAtNanos(), now.lastAtNanos())));
            case BootEvent.Http now
            when isPackage(now) && earlier instanceof BootEvent.Packages then ->
                Optional.of(new BootEvent.Packages(
                        Math.min(then.atNanos(), now.atNanos()),
                        then.who(),
                        then.count() + 1,
                        then.failed() + (now.good() ? 0 : 1),
                        then.bytes() + now.bytes(),
                        Math.max(then.until(), now.atNanos())));
            default -> Optional.empty();
        };
    }

    private static BootEvent alone(BootEvent event) {
        return event instanceof BootEvent.Http http && isPackage(http)
                ? new BootEvent.Packages(
                        http.atNanos(), http.who(), 1, http.good() ? 0 : 1, http.bytes(), http.atNanos())
                : event;
    }

    /// A fetch that need not be told alone: packages that came, and indexes that need not be there.
    private static boolean isPackage(BootEvent.Http http) {
        return FileRole.of(http.path()) == FileRole.PACKAGES && (http.good() || FileRole.mayBeMissing(http.path()));
    }

    /// True when a transfer to this address and port was asked for in this attempt.
    boolean hasAsked(Endpoint client) {
        return events.stream()
                .anyMatch(event -> event instanceof BootEvent.TftpRequest ask
                        && ask.client().equals(client));
    }

    /// When its first event happened; `Long.MIN_VALUE` before that.
    long startedAt() {
        return events.isEmpty() ? Long.MIN_VALUE : events.getFirst().atNanos();
    }

    TraceStage reached() {
        return reached;
    }

    /// True when its firmware is iPXE itself.
    boolean loaderIsRom() {
        return loaderIsRom;
    }

    int size() {
        return events.size();
    }

    BootAttempt view() {
        long started = events.isEmpty() ? 0 : events.getFirst().atNanos();
        return new BootAttempt(number, started, events, dropped);
    }
}
