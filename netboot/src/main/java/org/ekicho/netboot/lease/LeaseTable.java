package org.ekicho.netboot.lease;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.ekicho.wire.IpAddress;
import org.ekicho.wire.IpPrefix;

/// Leases by address and by client, and which addresses of the ranges have none. Bounded by the ranges and
/// reservations: each address has one lease at most.
final class LeaseTable {
    private static final long LOOK_EVERY_NANOS = 1_000_000_000L;

    private final Map<IpAddress, Lease> byAddress = new HashMap<>();
    private final Map<Place, IpAddress> byClient = new HashMap<>();
    private final List<Subnet> subnets;
    private final List<Pool> pools = new ArrayList<>();
    private final Set<IpAddress> kept;
    private final Map<IpPrefix, Long> lookedThrough = new HashMap<>();

    private record Place(ClientKey client, IpPrefix subnet) {}

    /// A range of a subnet, with a bit for each address that is remembered for somebody.
    private record Pool(Subnet subnet, AddressRange range, BitSet taken) {}

    /// @param kept addresses that the ranges hold and nobody is given by chance: reserved ones
    LeaseTable(List<Subnet> subnets, Collection<IpAddress> kept) {
        this.subnets = subnets;
        for (Subnet subnet : subnets) {
            for (AddressRange range : subnet.ranges()) {
                Pool pool = new Pool(subnet, range, new BitSet(range.size()));
                pools.add(pool);
                for (int i : new int[] {0, range.size() - 1}) {
                    if (!subnet.isUsable(range.at(i))) pool.taken.set(i);
                }
            }
        }
        kept.forEach(address -> mark(address, true));
        this.kept = Set.copyOf(kept);
    }

    Optional<Lease> of(ClientKey client, Subnet subnet) {
        return Optional.ofNullable(byClient.get(new Place(client, subnet.prefix())))
                .map(byAddress::get);
    }

    Optional<Lease> at(IpAddress address) {
        return Optional.ofNullable(byAddress.get(address));
    }

    Collection<Lease> all() {
        return byAddress.values();
    }

    /// Makes `lease` the one of its address and of its client in that subnet.
    void put(Lease lease) {
        Optional<Subnet> subnet = subnetOf(lease.address());
        if (subnet.isEmpty()) return;
        remove(lease.address());
        if (!lease.client().equals(ClientKey.STRANGER)) {
            Place place = new Place(lease.client(), subnet.get().prefix());
            IpAddress before = byClient.get(place);
            if (before != null) remove(before);
            byClient.put(place, lease.address());
        }
        byAddress.put(lease.address(), lease);
        mark(lease.address(), true);
    }

    void remove(IpAddress address) {
        Lease lease = byAddress.remove(address);
        if (lease == null) return;
        subnetOf(address).ifPresent(subnet -> byClient.remove(new Place(lease.client(), subnet.prefix()), address));
        if (!kept.contains(address)) mark(address, false);
    }

    /// An address of the subnet's ranges that is remembered for nobody. The search begins where the
    /// client's key says, so that a machine whose lease was forgotten tends to get the same address again.
    Optional<IpAddress> free(Subnet subnet, ClientKey client) {
        int hash = client.hashCode();
        for (Pool pool : pools) {
            if (!pool.subnet.prefix().equals(subnet.prefix())) continue;
            int size = pool.range.size();
            int from = Math.floorMod(hash ^ hash >>> 15, size);
            int found = pool.taken.nextClearBit(from);
            if (found >= size) found = pool.taken.nextClearBit(0);
            if (found < size) return Optional.of(pool.range.at(found));
        }
        return Optional.empty();
    }

    /// Forgets the leases of a subnet that have ended, so that their addresses are free for others.
    ///
    /// Looks through them once a second at most: an exhausted subnet is asked again and again.
    ///
    /// @return how many
    int forgetEnded(Subnet subnet, long nowNanos) {
        Long last = lookedThrough.get(subnet.prefix());
        if (last != null && nowNanos - last < LOOK_EVERY_NANOS) return 0;
        lookedThrough.put(subnet.prefix(), nowNanos);
        List<IpAddress> ended = byAddress.values().stream()
                .filter(lease -> !lease.isActive(nowNanos) && subnet.prefix().contains(lease.address()))
                .map(Lease::address)
                .toList();
        ended.forEach(this::remove);
        return ended.size();
    }

    Optional<Subnet> subnetOf(IpAddress address) {
        for (Subnet subnet : subnets) {
            if (subnet.prefix().contains(address.high(), address.low())) return Optional.of(subnet);
        }
        return Optional.empty();
    }

    private void mark(IpAddress address, boolean taken) {
        for (Pool pool : pools) {
            if (pool.range.contains(address)) pool.taken.set(pool.range.indexOf(address), taken);
        }
    }
}
