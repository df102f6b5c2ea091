package org.ekicho.lab.peer;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Where the programs are: Ekicho's own command, and the peers that `dev/peers` unpacked.
public final class Programs {
    private static final Path ROOT =
            Path.of(System.getProperty("ekicho.root", "..")).toAbsolutePath().normalize();
    private static final Path PEERS = ROOT.resolve(".cache/peers");

    private Programs() {}

    /// The source tree.
    public static Path root() {
        return ROOT;
    }

    /// Ekicho's command.
    public static String ekicho() {
        return ROOT.resolve("ekicho").toString();
    }

    /// A program of the peers: `ntpd-classic`, `ntpq-classic`, `ntpq-ntpsec`, `ntpmon-ntpsec`, `ntpstat`, `chronyd`,
    /// `chronyc`, `tcpdump`, `nft`.
    public static String peer(String name) {
        return PEERS.resolve("bin").resolve(name).toString();
    }

    /// Why tests against peers cannot run here, or nothing when they can.
    ///
    /// @param programs what they need on the path beside the usual
    public static Optional<String> lacking(List<String> programs) {
        if (!System.getProperty("os.name", "").equals("Linux")) return Optional.of("peer tests need Linux");
        if (!"root".equals(System.getProperty("user.name"))) {
            return Optional.of("peer tests make network namespaces, which needs root");
        }
        for (String tool : List.of("unshare", "nsenter", "setpriv", "ip")) {
            if (!onPath(tool)) return Optional.of("peer tests need " + tool + " (packages util-linux and iproute2)");
        }
        for (String program : programs) {
            if (!onPath(program))
                return Optional.of("these peer tests need " + program + " (./test installs it as root)");
        }
        if (!Files.exists(PEERS.resolve("version"))) {
            return Optional.of("the peers are not unpacked: run dev/peers, which says why it cannot");
        }
        return Optional.empty();
    }

    private static boolean onPath(String tool) {
        return List.of(System.getenv()
                        .getOrDefault("PATH", "/usr/sbin:/usr/bin:/sbin:/bin")
                        .split(":"))
                .stream()
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, tool)));
    }
}
