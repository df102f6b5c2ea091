package org.ekicho.host;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ekicho.wire.Endpoint;
import org.ekicho.wire.IpAddress;

/// Which process of this host (and network namespace) has a port: `/proc/net/udp` and its kin give the socket's inode,
/// `/proc/PID/fd` its holder.
public final class PortOwners {
    /// Lines of one socket table that are read. A host with more open sockets is no place to ask by hand.
    private static final int MOST_SOCKETS = 200_000;
    /// Protocols of the tables in `/proc/net`.
    private static final List<String> UDP = List.of("udp", "udp6");

    private static final List<String> TCP = List.of("tcp", "tcp6");
    /// The `st` column of a listening TCP socket.
    private static final String LISTENING = "0A";

    private final Path proc;

    public PortOwners() {
        this(Path.of("/proc"));
    }

    /// For tests: another tree in the place of `/proc`.
    PortOwners(Path proc) {
        this.proc = proc;
    }

    /// Who stands in the way of binding UDP `wanted`; empty when nobody does.
    public List<PortOwner> udp(Endpoint wanted) {
        return owners(UDP, wanted);
    }

    /// Who stands in the way of listening on TCP `wanted`; empty when nobody does.
    public List<PortOwner> tcp(Endpoint wanted) {
        return owners(TCP, wanted);
    }

    private List<PortOwner> owners(List<String> tables, Endpoint wanted) {
        List<PortOwner> owners = new ArrayList<>();
        for (String table : tables) {
            for (OpenSocket socket : sockets(table)) {
                if (socket.bound.port() == wanted.port() && overlap(socket.bound.address(), wanted.address())) {
                    owners.add(ownerOf(socket));
                }
            }
        }
        return List.copyOf(owners);
    }

    private record OpenSocket(Endpoint bound, long inode) {}

    private List<OpenSocket> sockets(String table) {
        List<OpenSocket> sockets = new ArrayList<>();
        try (BufferedReader reader =
                Files.newBufferedReader(proc.resolve("self/net").resolve(table))) {
            reader.readLine();
            for (int i = 0; i < MOST_SOCKETS; i++) {
                String line = reader.readLine();
                if (line == null) {
                    break;
                }
                String[] columns = line.strip().split("\\s+", -1);
                if (columns.length > 9 && (table.startsWith("udp") || columns[3].equals(LISTENING))) {
                    endpoint(columns[1])
                            .ifPresent(bound -> sockets.add(new OpenSocket(bound, Long.parseLong(columns[9]))));
                }
            }
        } catch (IOException | NumberFormatException e) {
            // No such table (IPv6 is off) or none that can be read: nobody is known.
            return List.of();
        }
        return sockets;
    }

    /// Reads `0100007F:007B`: each group of 32 bits in host order, the port as a number.
    static Optional<Endpoint> endpoint(String text) {
        int colon = text.indexOf(':');
        if (colon != 8 && colon != 32) {
            return Optional.empty();
        }
        byte[] address = new byte[colon / 2];
        for (int i = 0; i < address.length; i++) {
            int at = (i & ~3) + 3 - (i & 3);
            address[i] = (byte) Integer.parseInt(text.substring(2 * at, 2 * at + 2), 16);
        }
        int port = Integer.parseInt(text.substring(colon + 1), 16);
        return Optional.of(new Endpoint(IpAddress.ofBytes(address), port));
    }

    /// Whether two sockets at these addresses and one port exclude each other. An IPv6 wildcard socket holds the IPv4
    /// port too unless it is V6ONLY, which the table does not tell: it counts for both.
    private static boolean overlap(IpAddress bound, IpAddress wanted) {
        if (bound.equals(wanted) || bound.equals(IpAddress.ANY_V6)) {
            return true;
        }
        return bound.isV4() == wanted.isV4() && (bound.isAny() || wanted.isAny());
    }

    private PortOwner ownerOf(OpenSocket socket) {
        String link = "socket:[" + socket.inode + "]";
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(proc, "[0-9]*")) {
            for (Path process : processes) {
                if (holds(process, link)) {
                    int pid = Integer.parseInt(process.getFileName().toString());
                    return new PortOwner(
                            Optional.of(pid), Processes.name(process), Processes.unit(process), socket.bound);
                }
            }
        } catch (IOException | DirectoryIteratorException | NumberFormatException e) {
            // Processes come and go while one looks: then it is not known.
            return unknown(socket);
        }
        return unknown(socket);
    }

    private static PortOwner unknown(OpenSocket socket) {
        return new PortOwner(Optional.empty(), "", Optional.empty(), socket.bound);
    }

    private static boolean holds(Path process, String link) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(process.resolve("fd"))) {
            for (Path file : files) {
                if (Files.readSymbolicLink(file).toString().equals(link)) {
                    return true;
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            // Another user's process, or one that has just ended.
            return false;
        }
        return false;
    }
}
