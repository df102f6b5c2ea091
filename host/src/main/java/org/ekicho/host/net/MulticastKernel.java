package org.ekicho.host.net;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.ekicho.wire.IpAddress;

/// What the kernel tells of multicast under `/proc`: groups joined, the IGMP version in use, filters.
public final class MulticastKernel {
    private final Path proc;

    public MulticastKernel() {
        this(Path.of("/proc"));
    }

    /// For tests: another tree in the place of `/proc`.
    MulticastKernel(Path proc) {
        this.proc = proc;
    }

    /// A group that some socket of this host has joined.
    ///
    /// @param interfaceIndex on which interface
    /// @param group          which
    /// @param users          by how many sockets
    public record Membership(int interfaceIndex, IpAddress group, int users) {}

    /// The groups joined on all interfaces, of both families.
    public List<Membership> memberships() {
        List<Membership> memberships = new ArrayList<>(membershipsV4(read("net/igmp")));
        memberships.addAll(membershipsV6(read("net/igmp6")));
        return List.copyOf(memberships);
    }

    /// A line of an interface begins with its index; the lines of its groups are indented and follow it.
    static List<Membership> membershipsV4(String table) {
        List<Membership> memberships = new ArrayList<>();
        int index = 0;
        for (String line : table.lines().skip(1).toList()) {
            List<String> words = words(line);
            if (line.startsWith("\t") && words.size() >= 2) {
                int bits = Integer.reverseBytes(Integer.parseUnsignedInt(words.get(0), 16));
                memberships.add(new Membership(index, IpAddress.ofV4(bits), Integer.parseInt(words.get(1))));
            } else if (!words.isEmpty()) {
                index = Integer.parseInt(words.getFirst());
            }
        }
        return memberships;
    }

    static List<Membership> membershipsV6(String table) {
        return table.lines()
                .map(MulticastKernel::words)
                .filter(words -> words.size() >= 4)
                .map(words -> new Membership(
                        Integer.parseInt(words.get(0)),
                        IpAddress.ofBytes(HexFormat.of().parseHex(words.get(2))),
                        Integer.parseInt(words.get(3))))
                .toList();
    }

    /// The IGMP version that the kernel speaks on an interface, 1..3: the one of the last querier heard, else 3 or what
    /// `force_igmp_version` says. Empty when the interface knows no multicast.
    public Optional<Integer> igmpVersion(String name) {
        for (String line : read("net/igmp").lines().skip(1).toList()) {
            List<String> words = words(line.replace(':', ' '));
            if (!line.startsWith("\t") && words.size() >= 4 && words.get(1).equals(name)) {
                String version = words.get(3);
                return version.matches("V[123]") ? Optional.of(version.charAt(1) - '0') : Optional.empty();
            }
        }
        return Optional.empty();
    }

    /// The version that an admin has fixed (`force_igmp_version`), 1..3; 0 when none is.
    public int forcedIgmpVersion(String name) {
        int own = setting(name, "force_igmp_version");
        return own != 0 ? own : setting("all", "force_igmp_version");
    }

    /// Reverse path filter in force: 0 off, 1 strict, 2 loose; the stricter of `all` and the interface's counts, where
    /// the kernel takes the greater number.
    public int reversePathFilter(String name) {
        return Math.max(setting("all", "rp_filter"), setting(name, "rp_filter"));
    }

    private int setting(String name, String key) {
        String text = read("sys/net/ipv4/conf/" + name + "/" + key).strip();
        return text.matches("[0-9]{1,4}") ? Integer.parseInt(text) : 0;
    }

    private String read(String file) {
        try {
            return Files.readString(proc.resolve(file), StandardCharsets.UTF_8);
        } catch (IOException e) {
            // Not there: the kernel is without IPv6, or the interface is gone.
            return "";
        }
    }

    private static List<String> words(String line) {
        String stripped = line.strip();
        return stripped.isEmpty() ? List.of() : List.of(stripped.split("\\s+", -1));
    }
}
