package org.ekicho.daemon.time;

import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.ekicho.daemon.supervision.Supervisor;
import org.ekicho.wire.Datagram;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One socket and the thread that serves it: receive a batch, decide, stamp, send the answers. Allocates nothing per
/// packet. When the socket breaks, the supervisor starts the loop again and a new socket is opened.
final class ServingLoop implements Supervisor.Job {
    private static final Logger LOG = LoggerFactory.getLogger(ServingLoop.class);

    /// Datagrams taken at once. The last answer of a batch is stamped some 20 microseconds before it leaves, and
    /// larger batches were no faster.
    static final int BATCH = 32;

    private final DoorSpec spec;
    private final Door.Opener opener;
    private final Serving serving;
    private final Datagram[] requests = new Datagram[BATCH];
    private final Datagram[] replies = new Datagram[BATCH];
    private final Set<DoorPlan.Join> wanted = new LinkedHashSet<>();
    private final Set<DoorPlan.Join> joined = new LinkedHashSet<>();
    private volatile @Nullable Door door;
    private volatile boolean stopped;

    /// @param door an open door, so that a taken port is an error of the start and not of a thread
    ServingLoop(DoorSpec spec, Door door, Door.Opener opener, Serving serving) {
        this.spec = spec;
        this.door = door;
        this.opener = opener;
        this.serving = serving;
        Arrays.setAll(requests, i -> new Datagram());
        Arrays.setAll(replies, i -> new Datagram());
    }

    DoorSpec spec() {
        return spec;
    }

    /// The socket; empty while it is broken.
    Optional<Door> door() {
        return Optional.ofNullable(door);
    }

    @Override
    public void run() throws IOException {
        Door open = reopened();
        try {
            while (!stopped) {
                int received = open.receive(requests);
                int answers = received == 0 ? 0 : serving.answer(requests, received, replies);
                if (answers > 0) {
                    serving.notSent(answers - open.send(replies, answers));
                }
            }
        } finally {
            door = null;
            open.close();
        }
    }

    private Door reopened() throws IOException {
        Door open = door;
        if (open == null) {
            open = opener.open(spec);
            door = open;
            synchronized (this) {
                joined.clear();
                mendJoins();
            }
        }
        return open;
    }

    /// Joins and leaves until exactly these groups are joined.
    synchronized void want(Set<DoorPlan.Join> joins) {
        wanted.clear();
        wanted.addAll(joins);
        mendJoins();
    }

    synchronized Set<DoorPlan.Join> joined() {
        return Set.copyOf(joined);
    }

    private void mendJoins() {
        Door open = door;
        if (open == null) {
            return;
        }
        for (DoorPlan.Join join : Set.copyOf(joined)) {
            if (!wanted.contains(join)) {
                joined.remove(join);
                leave(open, join);
            }
        }
        for (DoorPlan.Join join : wanted) {
            if (!joined.contains(join)) {
                join(open, join);
            }
        }
    }

    private void join(Door open, DoorPlan.Join join) {
        try {
            open.join(join.group(), join.interfaceIndex());
            joined.add(join);
            LOG.info("joined {} on {}", join.group(), join.interfaceName());
        } catch (IOException e) {
            LOG.warn("could not join {} on {}: {}", join.group(), join.interfaceName(), e.getMessage());
        }
    }

    private static void leave(Door open, DoorPlan.Join join) {
        try {
            open.leave(join.group(), join.interfaceIndex());
        } catch (IOException e) {
            LOG.debug("leaving {} on {}: {}", join.group(), join.interfaceName(), e.getMessage());
        }
    }

    @Override
    public void stop() {
        stopped = true;
        Door open = door;
        if (open != null) {
            open.close();
        }
    }
}
