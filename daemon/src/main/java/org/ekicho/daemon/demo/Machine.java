package org.ekicho.daemon.demo;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.ekicho.daemon.clock.PretendClock;
import org.ekicho.daemon.supervision.Supervisor;
import org.ekicho.daemon.time.Door;
import org.ekicho.daemon.time.Outside;
import org.ekicho.daemon.time.TimeMemory;
import org.ekicho.daemon.time.TimeService;
import org.ekicho.daemon.time.UdpDoor;
import org.ekicho.ntp.boundary.HostClock;
import org.ekicho.ntp.boundary.LocalInterface;
import org.ekicho.ntp.boundary.TimeAction;
import org.ekicho.ntp.settings.TimeSettings;
import org.ekicho.wire.IpAddress;
import org.ekicho.wire.IpPrefix;

/// One machine on the stage: a whole time service on an address of the loopback, with a pretend clock. Sockets,
/// packets, keys and threads are real.
///
/// @param name       what it is called
/// @param address    its own address, in 127.0.0.0/8
/// @param clock      its clock
/// @param supervisor of its threads
/// @param service    its time service
public record Machine(String name, IpAddress address, PretendClock clock, Supervisor supervisor, TimeService service)
        implements AutoCloseable {
    /// What a machine is made of before it is switched on.
    ///
    /// @param doors   opens its sockets
    /// @param memory  what it keeps
    /// @param dice    its randomness
    /// @param reports told each change of its state
    public record Parts(
            Door.Opener doors, TimeMemory memory, RandomGenerator dice, Consumer<TimeAction.Report> reports) {
        public static Parts of(RandomGenerator dice, Consumer<TimeAction.Report> reports) {
            return new Parts(UdpDoor::openHeardHere, TimeMemory.NONE, dice, reports);
        }
    }

    /// Switches one on.
    ///
    /// @throws IOException if its sockets cannot be opened
    public static Machine start(String name, IpAddress address, PretendClock clock, TimeSettings settings, Parts parts)
            throws IOException {
        Outside outside = new Outside(
                clock,
                parts.doors(),
                new OneAddress(address),
                host -> List.of(),
                () -> HostClock.UNKNOWN,
                parts.memory(),
                parts.dice(),
                parts.reports());
        Supervisor supervisor = new Supervisor();
        try {
            return new Machine(name, address, clock, supervisor, TimeService.start(settings, outside, supervisor));
        } catch (IOException e) {
            supervisor.close();
            throw e;
        }
    }

    @Override
    public void close() {
        service.close();
        supervisor.close();
    }

    /// A network that is the loopback with one address on it.
    private record OneAddress(IpAddress address) implements Outside.Network {
        private static final int LOOPBACK_INDEX = 1;
        private static final int LOOPBACK_BITS = 8;

        @Override
        public List<LocalInterface> interfaces() {
            LocalInterface.Address own =
                    new LocalInterface.Address(address, IpPrefix.of(address, LOOPBACK_BITS), Optional.empty());
            return List.of(new LocalInterface(LOOPBACK_INDEX, "lo", true, true, true, List.of(own)));
        }

        @Override
        public AutoCloseable watch(Runnable changed) {
            return () -> {};
        }
    }
}
