package org.ekicho.netboot.media.install;

import java.util.List;
import java.util.Optional;
import org.ekicho.wire.IpAddress;
import org.ekicho.wire.MacAddress;

/// How a machine gets on the network before it is installed.
///
/// @param nic    interface to use; empty for "the one with a link"
/// @param vlan   tag, 1..4094; empty for an untagged port
/// @param fixed  address; empty for DHCP
public record NetworkSetup(Optional<Nic> nic, Optional<Integer> vlan, Optional<Fixed> fixed) {
    /// An interface, by the kernel's name or by hardware address.
    public sealed interface Nic {
        /// `eth0`, `enp3s0`.
        record Named(String name) implements Nic {
            public Named {
                if (!name.matches("[A-Za-z0-9_-]{1,15}")) {
                    throw new IllegalArgumentException("no name of an interface: '" + name + "'; e.g. eth0");
                }
            }
        }

        record WithMac(MacAddress mac) implements Nic {}
    }

    /// A fixed IPv4 address.
    ///
    /// @param prefix   bits of the network, 1..31
    /// @param gateway  empty where everything needed is on the same network
    /// @param dns      in order; may be empty
    /// @param hostname short or with domain; may be empty
    public record Fixed(
            IpAddress address,
            int prefix,
            Optional<IpAddress> gateway,
            List<IpAddress> dns,
            Optional<String> hostname) {
        public Fixed {
            if (prefix < 1 || prefix > 31) throw new IllegalArgumentException("a prefix is 1..31, not " + prefix);
            checkV4(address);
            gateway.ifPresent(Fixed::checkV4);
            dns.forEach(Fixed::checkV4);
            hostname.ifPresent(name -> {
                if (!name.matches("[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?")) {
                    throw new IllegalArgumentException("no host name: '" + name + "'; e.g. node7.example.net");
                }
            });
            dns = List.copyOf(dns);
        }

        /// `255.255.255.0`
        public String netmask() {
            return IpAddress.ofV4(-1 << (32 - prefix)).toString();
        }

        String gatewayOr(String other) {
            return gateway.map(IpAddress::toString).orElse(other);
        }

        String hostnameOr(String other) {
            return hostname.orElse(other);
        }

        private static void checkV4(IpAddress address) {
            if (!address.isV4()) {
                throw new IllegalArgumentException(
                        address + " is not IPv4; installers of all eras take a fixed address only as IPv4");
            }
        }
    }

    /// DHCP on whatever interface has a link.
    public static final NetworkSetup DHCP = new NetworkSetup(Optional.empty(), Optional.empty(), Optional.empty());

    public NetworkSetup {
        vlan.ifPresent(tag -> {
            if (tag < 1 || tag > 4_094) throw new IllegalArgumentException("a VLAN tag is 1..4094, not " + tag);
        });
    }

    Optional<String> name() {
        return nic.filter(Nic.Named.class::isInstance)
                .map(Nic.Named.class::cast)
                .map(Nic.Named::name);
    }

    Optional<MacAddress> mac() {
        return nic.filter(Nic.WithMac.class::isInstance)
                .map(Nic.WithMac.class::cast)
                .map(Nic.WithMac::mac);
    }
}
