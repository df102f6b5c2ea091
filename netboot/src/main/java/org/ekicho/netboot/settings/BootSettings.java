package org.ekicho.netboot.settings;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.ekicho.netboot.policy.BootRules;
import org.ekicho.wire.IpAddress;
import org.ekicho.wire.MacAddress;

/// Network installation at this site.
///
/// @param folder       where trees, loaders, orders and leases are
/// @param answers      folder of answer files' templates
/// @param interfaces   on which DHCP and TFTP answer; empty: on none
/// @param dhcp         what we are there
/// @param http         where boot files are served
/// @param ftp          where install trees are served by FTP too, for installers that know nothing else; empty: nowhere
/// @param singlePort   TFTP answers from port 69 only
/// @param anotherWay   whether a machine that failed is served in another way next time
/// @param rules        machines, profiles, the unknown
/// @param subnets      with [DhcpMode#SERVER]
/// @param reservations addresses of machines
public record BootSettings(
        String folder,
        Optional<String> answers,
        Set<String> interfaces,
        DhcpMode dhcp,
        HttpDoor http,
        Optional<FtpDoor> ftp,
        boolean singlePort,
        boolean anotherWay,
        BootRules rules,
        List<SubnetSettings> subnets,
        Map<MacAddress, IpAddress> reservations) {
    public static final String DEFAULT_FOLDER = "/srv/boot";
    /// Beside the mirror, which has port 80.
    public static final int DEFAULT_HTTP_PORT = 8069;

    public BootSettings {
        interfaces = Set.copyOf(interfaces);
        subnets = List.copyOf(subnets);
        reservations = Map.copyOf(reservations);
    }

    /// Where boot files are served.
    ///
    /// @param address own address, or any
    /// @param port    1..65535
    public record HttpDoor(IpAddress address, int port) {}

    /// Where trees are served by FTP, at the address of HTTP.
    ///
    /// @param port      1..65535
    /// @param dataFirst first port of passive data connections
    /// @param dataLast  last of them, not before the first
    public record FtpDoor(int port, int dataFirst, int dataLast) {
        public static final int DEFAULT_PORT = 21;
        /// A hundred transfers at once; a firewall needs to know them.
        public static final String DEFAULT_DATA_PORTS = "50000-50099";

        public FtpDoor {
            if (dataFirst < 1 || dataLast < dataFirst || dataLast > 65_535) {
                throw new IllegalArgumentException("no range of ports: " + dataFirst + "-" + dataLast);
            }
        }

        /// `ftp://192.168.55.1`, with the port unless it is the usual one.
        public String url(IpAddress address) {
            return "ftp://" + address + (port == DEFAULT_PORT ? "" : ":" + port);
        }
    }
}
