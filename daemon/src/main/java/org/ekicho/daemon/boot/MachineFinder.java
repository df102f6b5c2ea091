package org.ekicho.daemon.boot;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.ekicho.host.net.Neighbours;
import org.ekicho.web.boot.BootRequest;
import org.ekicho.wire.IpAddress;
import org.ekicho.wire.MacAddress;

/// Whose an address is: what the kernel's neighbour table says, or behind a router what the machine itself or its DHCP
/// packets said.
public final class MachineFinder {
    /// Addresses remembered; the one that was learnt longest ago goes first.
    private static final int MAX_LEARNT = 4_096;
    /// Anaconda's headers with `inst.ks.sendmac`: `eth0 52:54:00:77:00:01`.
    private static final String ANACONDA = "x-rhn-provisioning-mac-";

    /// Looks into a neighbour table.
    @FunctionalInterface
    interface Table {
        Optional<MacAddress> find(IpAddress address) throws IOException;
    }

    private final Table table;
    private final Map<IpAddress, MacAddress> learnt = new LinkedHashMap<>();

    public MachineFinder() {
        this(Neighbours::find);
    }

    MachineFinder(Table table) {
        this.table = table;
    }

    /// A machine said, or its DHCP packets showed, that it has an address.
    public synchronized void learn(IpAddress address, MacAddress mac) {
        learnt.remove(address);
        learnt.put(address, mac);
        if (learnt.size() > MAX_LEARNT) {
            learnt.remove(learnt.keySet().iterator().next());
        }
    }

    /// What was learnt, without a look at the table.
    public synchronized Optional<MacAddress> known(IpAddress address) {
        return Optional.ofNullable(learnt.get(address));
    }

    /// Whose an address is: what was learnt, else what the neighbour table says.
    public Optional<MacAddress> of(IpAddress address) throws IOException {
        Optional<MacAddress> known = known(address);
        if (known.isPresent()) return known;
        Optional<MacAddress> neighbour = table.find(address);
        neighbour.ifPresent(mac -> learn(address, mac));
        return neighbour;
    }

    /// Whose machine asks; empty when nobody knows.
    public Optional<MacAddress> find(BootRequest request) throws IOException {
        Optional<MacAddress> neighbour = table.find(request.peer());
        if (neighbour.isPresent()) {
            return neighbour;
        }
        Optional<MacAddress> known = known(request.peer());
        return known.isPresent() ? known : said(request);
    }

    private static Optional<MacAddress> said(BootRequest request) {
        return new TreeMap<>(request.headers())
                .entrySet().stream()
                        .filter(header -> header.getKey().startsWith(ANACONDA))
                        .map(header -> header.getValue().strip())
                        .map(value -> MacAddress.parse(value.substring(value.lastIndexOf(' ') + 1)))
                        .flatMap(Optional::stream)
                        .findFirst();
    }
}
