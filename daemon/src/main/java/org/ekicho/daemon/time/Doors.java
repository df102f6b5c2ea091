package org.ekicho.daemon.time;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.ekicho.daemon.supervision.Supervisor;
import org.ekicho.host.net.AddressInUseException;
import org.ekicho.wire.IpAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The open sockets of the time service and the threads that serve them. A socket that a new plan still wants stays
/// open, so that a reload never loses the port.
final class Doors implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Doors.class);

    private final Door.Opener opener;
    private final Supervisor supervisor;
    private final Serving serving;
    private final Map<DoorSpec, ServingLoop> loops = new LinkedHashMap<>();
    /// What the send side looks through; replaced whole.
    private volatile List<ServingLoop> sending = List.of();

    Doors(Door.Opener opener, Supervisor supervisor, Serving serving) {
        this.opener = opener;
        this.supervisor = supervisor;
        this.serving = serving;
    }

    /// Opens what the plan adds, then closes what it no longer wants, then mends the joins. When a unicast socket
    /// cannot be opened, nothing has changed.
    ///
    /// @throws IOException if one cannot be opened
    synchronized void apply(DoorPlan plan) throws IOException {
        Map<DoorSpec, Door> opened = new LinkedHashMap<>();
        try {
            for (DoorSpec spec : plan.joins().keySet()) {
                if (!loops.containsKey(spec)) {
                    open(spec).ifPresent(door -> opened.put(spec, door));
                }
            }
        } catch (IOException e) {
            opened.values().forEach(Door::close);
            throw e;
        }
        for (ServingLoop loop : List.copyOf(loops.values())) {
            if (!plan.joins().containsKey(loop.spec())) {
                supervisor.stop(loop);
                loops.remove(loop.spec());
            }
        }
        List<ServingLoop> added = new ArrayList<>();
        opened.forEach((spec, door) -> added.add(new ServingLoop(spec, door, opener, serving)));
        added.forEach(loop -> loops.put(loop.spec(), loop));
        loops.values().forEach(loop -> loop.want(plan.joins().getOrDefault(loop.spec(), Set.of())));
        sending = List.copyOf(loops.values());
        added.forEach(loop -> supervisor.start("time " + loop.spec(), loop));
    }

    /// A host without IPv6 has no IPv6 socket, and that is no fault; a port that somebody has taken is one.
    private Optional<Door> open(DoorSpec spec) throws IOException {
        try {
            return Optional.of(opener.open(spec));
        } catch (AddressInUseException e) {
            throw e;
        } catch (IOException e) {
            if (spec.purpose() == DoorSpec.Purpose.UNICAST && !spec.address().equals(IpAddress.ANY_V6)) {
                throw e;
            }
            LOG.warn("not listening on {}: {}", spec, e.getMessage());
            return Optional.empty();
        }
    }

    /// The socket by which a datagram leaves from `from` (any address: the kernel chooses) towards `to`.
    Optional<Door> toSend(IpAddress from, IpAddress to) {
        Door any = null;
        for (ServingLoop loop : sending) {
            DoorSpec spec = loop.spec();
            if (spec.purpose() == DoorSpec.Purpose.UNICAST && spec.address().isV4() == to.isV4()) {
                if (spec.address().equals(from)) {
                    return loop.door();
                }
                if (any == null || spec.address().isAny()) {
                    any = loop.door().orElse(any);
                }
            }
        }
        return Optional.ofNullable(any);
    }

    synchronized List<DoorSpec> specs() {
        return List.copyOf(loops.keySet());
    }

    synchronized Set<DoorPlan.Join> joined() {
        Set<DoorPlan.Join> joined = new LinkedHashSet<>();
        loops.values().forEach(loop -> joined.addAll(loop.joined()));
        return joined;
    }

    @Override
    public synchronized void close() {
        List<ServingLoop> ending = new ArrayList<>(loops.values());
        loops.clear();
        sending = List.of();
        ending.forEach(supervisor::stop);
    }
}
