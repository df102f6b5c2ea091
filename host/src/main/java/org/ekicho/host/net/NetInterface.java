package org.ekicho.host.net;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.ekicho.wire.IpAddress;
import org.ekicho.wire.IpPrefix;

/// A network interface as the kernel tells it.
///
/// @param index     1 and up; `lo` is 1
/// @param name      `eth0`, `eth0.20`
/// @param traits    what it is and can
/// @param mtu       bytes
/// @param mac       hardware address, `02:00:5e:00:53:01`; empty where it has none
/// @param addresses its addresses that can be used (not those still being checked for duplicates)
/// @param vlan      set when it is a VLAN of another interface
/// @param master    index of the bridge, bond or VRF that it belongs to
/// @param kind      what made it: `vlan`, `veth`, `bridge`, `bond`, `dummy`, …; empty for hardware
public record NetInterface(
        int index,
        String name,
        Set<Trait> traits,
        int mtu,
        Optional<String> mac,
        List<Address> addresses,
        Optional<Vlan> vlan,
        OptionalInt master,
        String kind) {
    public NetInterface {
        traits = Set.copyOf(traits);
        addresses = List.copyOf(addresses);
    }

    /// What an interface is and can (IFF_* of `linux/if.h`).
    public enum Trait {
        /// Switched on by the admin.
        UP(0x1),
        BROADCAST(0x2),
        LOOPBACK(0x8),
        POINT_TO_POINT(0x10),
        /// Has carrier: a cable, a peer.
        RUNNING(0x40),
        MULTICAST(0x1000);

        final int bit;

        Trait(int bit) {
            this.bit = bit;
        }
    }

    /// @param address   own address
    /// @param subnet    its net
    /// @param broadcast the net's broadcast address, IPv4 only
    public record Address(IpAddress address, IpPrefix subnet, Optional<IpAddress> broadcast) {}

    /// @param id     1..4094
    /// @param parent index of the interface that carries it; 0 when that lies in another namespace
    public record Vlan(int id, int parent) {}

    public boolean is(Trait trait) {
        return traits.contains(trait);
    }

    /// Switched on and with carrier: what is sent has a chance to arrive.
    public boolean isReady() {
        return is(Trait.UP) && is(Trait.RUNNING);
    }
}
