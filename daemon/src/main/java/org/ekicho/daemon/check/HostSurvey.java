package org.ekicho.daemon.check;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.ekicho.daemon.settings.RunSettings;
import org.ekicho.daemon.time.HostNetwork;
import org.ekicho.host.PortOwners;
import org.ekicho.host.TimeDaemon;
import org.ekicho.host.TimeDaemons;
import org.ekicho.mirror.settings.MirrorSettings;
import org.ekicho.site.plan.HostFacts;
import org.ekicho.site.plan.Plan;
import org.ekicho.site.plan.Planner;
import org.ekicho.wire.Endpoint;
import org.ekicho.wire.IpAddress;

/// Looks at this host and says what a start would do on it.
public final class HostSurvey {
    private HostSurvey() {}

    /// The plan of a start.
    ///
    /// @throws IOException if the interfaces cannot be listed
    public static Plan plan(RunSettings settings) throws IOException {
        return Planner.plan(settings.site(), facts(settings));
    }

    private static HostFacts facts(RunSettings settings) throws IOException {
        return new HostFacts(
                new HostNetwork().interfaces(),
                settings.time().map(time -> ports(time.port())).orElse(List.of()),
                daemons(),
                settings.site().mirror().map(HostSurvey::mirror).orElse(HostFacts.MirrorFacts.NONE));
    }

    private static HostFacts.MirrorFacts mirror(MirrorSettings mirror) {
        PortOwners owners = new PortOwners();
        List<HostFacts.PortUse> ports = mirror.serve().stream()
                .flatMap(serve -> Stream.concat(serve.listen().stream(), serve.tlsListen().stream()))
                .flatMap(text -> owners.tcp(endpoint(text)).stream())
                .distinct()
                .map(owner -> new HostFacts.PortUse(owner.bound(), owner.toString()))
                .toList();
        return new HostFacts.MirrorFacts(state(Path.of(mirror.folder()).toAbsolutePath()), ports);
    }

    /// `192.168.55.1:80` or `[::]:80`, which the reader of the site file has checked.
    private static Endpoint endpoint(String text) {
        int colon = text.lastIndexOf(':');
        String address = text.substring(0, colon).replaceAll("[\\[\\]]", "");
        return new Endpoint(IpAddress.literal(address), Integer.parseInt(text.substring(colon + 1)));
    }

    private static HostFacts.FolderState state(Path folder) {
        if (Files.isDirectory(folder)) {
            return Files.isWritable(folder) ? HostFacts.FolderState.WRITABLE : HostFacts.FolderState.NOT_WRITABLE;
        }
        if (Files.exists(folder)) {
            return HostFacts.FolderState.NO_FOLDER;
        }
        Path parent = folder.getParent();
        while (parent != null && !Files.exists(parent)) {
            parent = parent.getParent();
        }
        return parent != null && Files.isDirectory(parent) && Files.isWritable(parent)
                ? HostFacts.FolderState.ABSENT
                : HostFacts.FolderState.NOT_WRITABLE;
    }

    private static List<HostFacts.PortUse> ports(int port) {
        PortOwners owners = new PortOwners();
        return Stream.of(IpAddress.ANY_V4, IpAddress.ANY_V6)
                .flatMap(any -> owners.udp(new Endpoint(any, port)).stream())
                .distinct()
                .map(owner -> new HostFacts.PortUse(owner.bound(), owner.toString()))
                .toList();
    }

    private static List<HostFacts.RunningDaemon> daemons() {
        return new TimeDaemons()
                .running().stream()
                        .map(daemon -> new HostFacts.RunningDaemon(daemon.toString(), steers(daemon)))
                        .toList();
    }

    private static HostFacts.Steers steers(TimeDaemon daemon) {
        return switch (daemon.steering()) {
            case YES -> HostFacts.Steers.YES;
            case NO -> HostFacts.Steers.NO;
            case PERHAPS -> HostFacts.Steers.PERHAPS;
        };
    }
}
