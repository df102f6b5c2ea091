package org.ekicho.daemon.time;

import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.ekicho.daemon.clock.ServedClock;
import org.ekicho.ntp.boundary.HostClock;
import org.ekicho.ntp.boundary.LocalInterface;
import org.ekicho.ntp.boundary.TimeAction;
import org.ekicho.wire.IpAddress;

/// All that the time service reaches outside of itself, so that a demo or test can give it a pretend clock, or a
/// network that fails.
///
/// @param clock     the clock served and perhaps steered
/// @param doors     opens sockets
/// @param network   the interfaces of this host
/// @param names     resolves host names
/// @param hostClock what the kernel and the host's daemon say of the host clock
/// @param memory    what is kept across restarts
/// @param dice      randomness for nonces and jitter: a SecureRandom outside of tests
/// @param reports   told each change of state, in words
public record Outside(
        ServedClock clock,
        Door.Opener doors,
        Network network,
        Names names,
        HostClockReader hostClock,
        TimeMemory memory,
        RandomGenerator dice,
        Consumer<TimeAction.Report> reports) {
    /// The interfaces of this host.
    public interface Network {
        List<LocalInterface> interfaces() throws IOException;

        /// Calls `changed` after interfaces or addresses changed, until the result is closed.
        AutoCloseable watch(Runnable changed) throws IOException;
    }

    /// Host names.
    public interface Names {
        /// The addresses of a name or of a numeric address; empty when it has none now. May take seconds.
        List<IpAddress> resolve(String name);
    }

    /// The host's clock.
    public interface HostClockReader {
        HostClock read();
    }
}
