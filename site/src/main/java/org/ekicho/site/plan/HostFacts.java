package org.ekicho.site.plan;

import java.util.List;
import org.ekicho.ntp.boundary.LocalInterface;
import org.ekicho.wire.Endpoint;

/// What a plan must know of the host, as the shell found it.
///
/// @param interfaces its interfaces
/// @param ports      UDP ports that other processes hold
/// @param daemons    time programs that run on it
/// @param mirror     what concerns the package mirror
public record HostFacts(
        List<LocalInterface> interfaces, List<PortUse> ports, List<RunningDaemon> daemons, MirrorFacts mirror) {
    public HostFacts {
        interfaces = List.copyOf(interfaces);
        ports = List.copyOf(ports);
        daemons = List.copyOf(daemons);
    }

    /// The facts where there is no mirror.
    public HostFacts(List<LocalInterface> interfaces, List<PortUse> ports, List<RunningDaemon> daemons) {
        this(interfaces, ports, daemons, MirrorFacts.NONE);
    }

    /// What a plan must know for the package mirror.
    ///
    /// @param folder state of its folder
    /// @param ports  TCP ports that other processes hold
    public record MirrorFacts(FolderState folder, List<PortUse> ports) {
        public static final MirrorFacts NONE = new MirrorFacts(FolderState.WRITABLE, List.of());

        public MirrorFacts {
            ports = List.copyOf(ports);
        }
    }

    /// Whether the mirror's folder can be written by who asks.
    public enum FolderState {
        WRITABLE,
        /// It is not there, and can be made.
        ABSENT,
        NOT_WRITABLE,
        NO_FOLDER
    }

    /// @param bound where a socket is bound; `[::]` holds the port for IPv4 too, unless it says otherwise
    /// @param owner the process in words: `chronyd (pid 812, chrony.service)`
    public record PortUse(Endpoint bound, String owner) {}

    /// @param name   in words: `chronyd (pid 812, chrony.service)`
    /// @param steers whether it moves this host's clock
    public record RunningDaemon(String name, Steers steers) {}

    /// Whether a program moves the clock.
    public enum Steers {
        YES,
        NO,
        PERHAPS
    }
}
