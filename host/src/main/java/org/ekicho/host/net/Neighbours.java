package org.ekicho.host.net;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.ekicho.wire.IpAddress;
import org.ekicho.wire.MacAddress;

/// Which hardware address an IPv4 address has on our nets, as the kernel learnt it (`/proc/net/arp`, proc_net_arp(5)).
public final class Neighbours {
    private static final Path TABLE = Path.of("/proc/net/arp");
    private static final int ADDRESS = 0;
    private static final int FLAGS = 2;
    private static final int HARDWARE = 3;
    private static final int FIELDS = 6;
    /// ATF_COM: the entry is complete.
    private static final int COMPLETE = 2;

    private Neighbours() {}

    /// The hardware address of a machine that this host has spoken with lately; empty behind a router.
    public static Optional<MacAddress> find(IpAddress address) throws IOException {
        return find(Files.readString(TABLE, StandardCharsets.US_ASCII), address);
    }

    static Optional<MacAddress> find(String table, IpAddress address) {
        return table.lines()
                .skip(1)
                .map(line -> line.strip().split("\\s+"))
                .filter(fields -> fields.length >= FIELDS
                        && fields[ADDRESS].equals(address.toString())
                        && isComplete(fields[FLAGS]))
                .findFirst()
                .flatMap(fields -> MacAddress.parse(fields[HARDWARE]));
    }

    private static boolean isComplete(String flags) {
        return flags.matches("0x[0-9a-fA-F]{1,8}") && (Long.decode(flags) & COMPLETE) != 0;
    }
}
