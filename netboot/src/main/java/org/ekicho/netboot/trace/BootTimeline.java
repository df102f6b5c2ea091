package org.ekicho.netboot.trace;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.ekicho.netboot.client.BootStage;
import org.ekicho.netboot.client.ClientArch;
import org.ekicho.wire.Endpoint;
import org.ekicho.wire.IpAddress;
import org.ekicho.wire.MacAddress;

/// The attempts of one machine while events come in. An attempt begins at power-on, which shows as a DISCOVER of the
/// firmware after a loader or kernel had run, or after long silence; EDK2's transaction ids, which go up by one with
/// each try of one power-on, keep the tries of one attempt together.
public final class BootTimeline {
    /// Attempts kept of a machine: enough to see what automatic changes did.
    public static final int MAX_ATTEMPTS = 6;
    /// Changes of orders kept.
    static final int MAX_ORDERS = 8;
    /// Addresses kept of a machine.
    static final int MAX_ADDRESSES = 4;
    /// Tries of one power-on lie this close: PXE and HTTP Boot over IPv4 and IPv6 on a few ports, some ids each.
    private static final int XID_REACH = 16;

    private static final long SECOND = 1_000_000_000L;
    /// Firmware tries again after 4, 8, 16 and 32 s; what comes later is another power-on.
    private static final long ROM_SILENCE = 90 * SECOND;
    /// Between two tries with ids that have nothing in common: shorter than any power-on self-test takes.
    private static final long RESET = 10 * SECOND;
    /// A DISCOVER with a neighbouring id after this is chance. One with the same id is another power-on much sooner:
    /// old
    /// firmware makes the id from its hardware address.
    private static final long XID_LIFE = 600 * SECOND;
    /// An installer that comes after this was not started by the attempt before.
    private static final long INSTALLER_SILENCE = 1800 * SECOND;

    private final MacAddress mac;
    private final Deque<AttemptLog> attempts = new ArrayDeque<>();
    private final Deque<BootEvent.Order> orders = new ArrayDeque<>();
    private final Set<IpAddress> addresses = new LinkedHashSet<>();
    private Optional<UUID> uuid = Optional.empty();
    private Optional<ClientArch> arch = Optional.empty();
    private String vendorClass = "";
    private int count;
    private long lastAt = Long.MIN_VALUE;
    private BootStage romStage = BootStage.SYSTEM;
    private int romXid;

    public BootTimeline(MacAddress mac) {
        this.mac = mac;
    }

    /// Takes an event of this machine.
    public void add(BootEvent event) {
        event.who().uuid().ifPresent(id -> uuid = Optional.of(id));
        event.who().address().filter(address -> !address.isAny()).ifPresent(this::uses);
        if (event instanceof BootEvent.Order order) {
            orders.addLast(order);
            if (orders.size() > MAX_ORDERS) orders.removeFirst();
            return;
        }
        if (attempts.isEmpty() || beginsAnother(event, attempts.getLast())) {
            attempts.addLast(new AttemptLog(++count));
            if (attempts.size() > MAX_ATTEMPTS) attempts.removeFirst();
        }
        belongsTo(event).add(event);
        lastAt = Math.max(lastAt, BootAttempt.endOf(event));
        if (event instanceof BootEvent.Dhcp dhcp
                && dhcp.fromClient()
                && dhcp.stage().boots()) remember(dhcp);
    }

    /// The newest attempt; an earlier one for what is reported only now and began in it: the end of a transfer, a long
    /// fetch.
    private AttemptLog belongsTo(BootEvent event) {
        Optional<Endpoint> client = clientOf(event);
        for (Iterator<AttemptLog> newest = attempts.descendingIterator(); newest.hasNext(); ) {
            AttemptLog attempt = newest.next();
            boolean its = client.map(attempt::hasAsked).orElse(event.atNanos() >= attempt.startedAt());
            if (its) return attempt;
        }
        return attempts.getLast();
    }

    /// Of a transfer's later events, the address and port that it is known by.
    static Optional<Endpoint> clientOf(BootEvent event) {
        return switch (event) {
            case BootEvent.TftpOptions options -> Optional.of(options.client());
            case BootEvent.TftpProgress progress -> Optional.of(progress.client());
            case BootEvent.TftpEnd end -> Optional.of(end.client());
            default -> Optional.empty();
        };
    }

    private void uses(IpAddress address) {
        addresses.remove(address);
        addresses.add(address);
        if (addresses.size() > MAX_ADDRESSES)
            addresses.remove(addresses.iterator().next());
    }

    private void remember(BootEvent.Dhcp dhcp) {
        if (isRom(dhcp)) {
            romXid = dhcp.xid();
            romStage = dhcp.stage();
        }
        if (dhcp.arch().isPresent()) arch = dhcp.arch();
        if (!dhcp.vendorClass().isEmpty()) vendorClass = dhcp.vendorClass();
    }

    private boolean beginsAnother(BootEvent event, AttemptLog current) {
        long silence = event.atNanos() - lastAt;
        if (silence < 0) return false;
        return switch (event) {
            case BootEvent.Dhcp dhcp when dhcp.kind() != DhcpKind.DISCOVER || !dhcp.fromClient() -> false;
            case BootEvent.Dhcp dhcp when isRom(dhcp) -> romBegins(dhcp, current, silence);
            case BootEvent.Dhcp dhcp
            when dhcp.stage() == BootStage.IPXE ->
                current.reached().compareTo(TraceStage.KERNEL) >= 0
                        || silence > ROM_SILENCE
                        || (current.loaderIsRom() && silence > ROM_SILENCE / 3);
            case BootEvent.Dhcp dhcp when dhcp.stage() == BootStage.INSTALLER -> silence > INSTALLER_SILENCE;
            case BootEvent.Report report
            when report.phase().equals("medium") ->
                current.reached().compareTo(TraceStage.KERNEL) >= 0 || silence > ROM_SILENCE;
            default -> false;
        };
    }

    private boolean romBegins(BootEvent.Dhcp dhcp, AttemptLog current, long silence) {
        if (current.reached().compareTo(TraceStage.KERNEL) >= 0) return true;
        int step = dhcp.xid() - romXid;
        long life = step == 0 ? ROM_SILENCE : XID_LIFE;
        boolean sameSeries = romStage.boots() && step >= 0 && step <= XID_REACH && silence <= life;
        if (sameSeries) return false;
        if (current.reached().compareTo(TraceStage.LOADER) >= 0 || silence > ROM_SILENCE) return true;
        boolean fromHttpBack = romStage == BootStage.HTTP_ROM && dhcp.stage() == BootStage.PXE_ROM;
        return fromHttpBack || (romStage == dhcp.stage() && silence > RESET);
    }

    private static boolean isRom(BootEvent.Dhcp dhcp) {
        return dhcp.stage() == BootStage.PXE_ROM || dhcp.stage() == BootStage.HTTP_ROM;
    }

    /// Events that are kept now.
    public int size() {
        return attempts.stream().mapToInt(AttemptLog::size).sum() + orders.size();
    }

    /// When the last event of the machine was over; `Long.MIN_VALUE` before the first.
    public long lastAt() {
        return lastAt;
    }

    /// Forgets the oldest attempt, unless it is the only one; false when nothing could be forgotten.
    boolean forgetOldest() {
        if (attempts.size() < 2) return false;
        attempts.removeFirst();
        return true;
    }

    public MachineTrace view() {
        return new MachineTrace(
                mac,
                uuid,
                addresses,
                arch,
                vendorClass,
                attempts.stream().map(AttemptLog::view).toList(),
                orders.stream().toList());
    }
}
