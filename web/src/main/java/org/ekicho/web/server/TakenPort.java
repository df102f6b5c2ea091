package org.ekicho.web.server;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.ekicho.host.PortOwner;
import org.ekicho.host.PortOwners;
import org.ekicho.wire.Endpoint;
import org.ekicho.wire.IpAddress;

/// Says why an address cannot be listened on: who has the port, and what to do.
public final class TakenPort {
    private TakenPort() {}

    /// What stands in the way of listening at an address.
    ///
    /// @param host    address, or a name
    /// @param setting where another port is named: `http-port in [boot]`
    public static IOException explain(String host, int port, String setting, Throwable why) {
        ListenAddress address = new ListenAddress(host, port);
        String begin = "cannot listen on " + address + " for HTTP: ";
        List<PortOwner> owners = owners(address);
        if (!owners.isEmpty()) {
            return new IOException(begin + taken(owners, setting), why);
        }
        String said = String.valueOf(why.getMessage());
        String lower = said.toLowerCase(Locale.ROOT);
        if (lower.contains("in use")) {
            return new IOException(
                    begin + "another program has the port; \"ss -ltnp\" as root shows which; end it,"
                            + " or name another port in " + setting,
                    why);
        }
        if (lower.contains("permission denied")) {
            return new IOException(
                    begin + "ports below 1024 are for root and for services with"
                            + " CAP_NET_BIND_SERVICE; take one above, e.g. " + new ListenAddress(address.host(), 8080),
                    why);
        }
        if (lower.contains("cannot assign")) {
            return new IOException(
                    begin + "this host does not have the address; \"ip address\" lists those it has;"
                            + " 0.0.0.0 stands for all",
                    why);
        }
        return new IOException(begin + said, why);
    }

    private static String taken(List<PortOwner> owners, String setting) {
        String names = owners.stream().map(PortOwner::toString).distinct().collect(Collectors.joining(", "));
        String end = owners.stream()
                .map(PortOwner::unit)
                .flatMap(Optional::stream)
                .findFirst()
                .map(unit -> "end it (systemctl stop " + unit + ")")
                .orElse("end it");
        return names + " listens there; " + end + ", or name another port in " + setting;
    }

    private static List<PortOwner> owners(ListenAddress address) {
        Endpoint wanted;
        try {
            wanted = new Endpoint(IpAddress.literal(address.host()), address.port());
        } catch (IllegalArgumentException e) {
            // A name instead of an address: whose it is, is not known here.
            return List.of();
        }
        return new PortOwners().tcp(wanted);
    }
}
