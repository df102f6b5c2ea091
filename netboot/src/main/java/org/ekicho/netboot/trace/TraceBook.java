package org.ekicho.netboot.trace;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.ekicho.wire.IpAddress;
import org.ekicho.wire.MacAddress;

/// The boot traces of all machines. Events come in by one thread, in about the order of their times; views that go out
/// are immutable. A machine gets a trace when it asks to boot, when an order names it, when a medium or installer
/// reports, or when it fetches what only installers do; everything else joins one that is there.
public final class TraceBook {
    /// Machines kept: those heard of longest ago go first. Ten times the site this is made for.
    public static final int MAX_MACHINES = 2000;
    /// Events kept in all, about 60 MB: twenty for each of the most machines, more where there are fewer.
    public static final int MAX_EVENTS = 150_000;
    /// Addresses whose machine is known.
    public static final int MAX_ADDRESSES = 8192;
    /// Events from addresses that belong to no machine yet, kept for the case that DHCP or ARP tells it soon.
    public static final int MAX_STRAYS = 256;

    /// What installers alone ask for.
    private static final Set<FileRole> INSTALLERS = Set.of(FileRole.SOURCE, FileRole.ANSWER, FileRole.PACKAGES);

    private static final long SECOND = 1_000_000_000L;
    /// How long a stray may be waited for.
    private static final long STRAY_LIFE = 60 * SECOND;
    /// A carrier that came or went concerns machines that were heard of this lately.
    private static final long LINK_REACH = 120 * SECOND;

    private final Map<MacAddress, BootTimeline> machines = new LinkedHashMap<>(64, 0.75f, true);
    private final Map<IpAddress, MacAddress> owners = new LinkedHashMap<>(64, 0.75f, true);
    private final Deque<BootEvent> strays = new ArrayDeque<>();
    private int events;
    private long unplaced;

    /// Takes one event.
    public void add(BootEvent event) {
        if (event instanceof BootEvent.Link link) {
            machines.values().forEach(machine -> {
                if (link.atNanos() - machine.lastAt() < LINK_REACH) put(machine, link);
            });
            return;
        }
        Optional<MacAddress> mac =
                event.who().mac().or(() -> event.who().address().map(owners::get));
        if (mac.isEmpty()) {
            hold(event);
            return;
        }
        place(mac.get(), event);
        learn(mac.get(), event);
        shrink();
    }

    /// Takes what a table of leases or of neighbours knows: whose an address is.
    public void owns(IpAddress address, MacAddress mac, long atNanos) {
        if (address.isAny() || !machines.containsKey(mac)) return;
        if (!mac.equals(owners.put(address, mac))) recall(address, mac, atNanos);
        if (owners.size() > MAX_ADDRESSES) {
            owners.remove(owners.keySet().iterator().next());
        }
    }

    private void hold(BootEvent event) {
        if (event.who().address().isEmpty()) {
            unplaced++;
            return;
        }
        strays.addLast(event);
        if (strays.size() > MAX_STRAYS) {
            strays.removeFirst();
            unplaced++;
        }
    }

    private void place(MacAddress mac, BootEvent event) {
        BootTimeline machine = machines.get(mac);
        if (machine == null) {
            if (!introduces(event)) {
                unplaced++;
                return;
            }
            machine = new BootTimeline(mac);
            machines.put(mac, machine);
        }
        put(machine, event);
    }

    private void put(BootTimeline machine, BootEvent event) {
        int before = machine.size();
        machine.add(event);
        events += machine.size() - before;
    }

    /// Whether an event is a reason to keep a trace of a machine that had none: anyone on the LAN asks ARP.
    private static boolean introduces(BootEvent event) {
        return switch (event) {
            case BootEvent.Dhcp dhcp ->
                dhcp.fromClient()
                        && (dhcp.stage().boots() || AttemptLog.reaches(dhcp) == TraceStage.INSTALLER)
                        && !dhcp.who().mac().map(MacAddress::isGroup).orElse(true);
            case BootEvent.Report _, BootEvent.Order _ -> true;
            // An installer that came from a medium with a fixed address shows itself by what it fetches.
            case BootEvent.Http http -> http.good() && INSTALLERS.contains(FileRole.of(http.path()));
            default -> false;
        };
    }

    private void learn(MacAddress mac, BootEvent event) {
        Optional<IpAddress> address =
                event instanceof BootEvent.Dhcp dhcp && (dhcp.kind() == DhcpKind.ACK || dhcp.kind() == DhcpKind.REQUEST)
                        ? dhcp.gift().address().or(() -> dhcp.who().address())
                        : event.who().address();
        address.ifPresent(one -> owns(one, mac, event.atNanos()));
    }

    private void recall(IpAddress address, MacAddress mac, long now) {
        List<BootEvent> found = new ArrayList<>();
        for (Iterator<BootEvent> waiting = strays.iterator(); waiting.hasNext(); ) {
            BootEvent stray = waiting.next();
            boolean old = now - stray.atNanos() > STRAY_LIFE;
            boolean mine = !old && stray.who().address().equals(Optional.of(address));
            if (mine) found.add(stray);
            if (old) unplaced++;
            if (old || mine) waiting.remove();
        }
        found.forEach(stray -> place(mac, stray));
    }

    private void shrink() {
        while (machines.size() > MAX_MACHINES || (events > MAX_EVENTS && machines.size() > 1)) {
            MacAddress eldest = machines.keySet().iterator().next();
            BootTimeline machine = machines.values().iterator().next();
            int before = machine.size();
            if (machines.size() <= MAX_MACHINES && machine.forgetOldest()) {
                events -= before - machine.size();
            } else {
                machines.remove(eldest);
                owners.values().removeIf(eldest::equals);
                events -= before;
            }
        }
    }

    /// The trace of one machine.
    public Optional<MachineTrace> machine(MacAddress mac) {
        return Optional.ofNullable(machines.get(mac)).map(BootTimeline::view);
    }

    /// The machine with this SMBIOS UUID.
    public Optional<MachineTrace> machine(UUID uuid) {
        return machines().stream()
                .filter(one -> one.uuid().equals(Optional.of(uuid)))
                .findFirst();
    }

    /// The machine that has this address now.
    public Optional<MacAddress> owner(IpAddress address) {
        return Optional.ofNullable(owners.get(address));
    }

    /// All machines, the one heard of last at the end.
    public List<MachineTrace> machines() {
        return machines.values().stream().map(BootTimeline::view).toList();
    }

    /// Events kept now.
    public int size() {
        return events;
    }

    /// Events that belonged to no machine that boots.
    public long unplaced() {
        return unplaced;
    }
}
