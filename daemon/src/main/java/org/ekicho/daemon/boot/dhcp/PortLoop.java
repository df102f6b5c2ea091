package org.ekicho.daemon.boot.dhcp;

import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.ekicho.daemon.supervision.Supervisor;
import org.ekicho.host.clock.KernelClock;
import org.ekicho.netboot.dhcp.Arrival;
import org.ekicho.netboot.dhcp.DhcpCodec;
import org.ekicho.netboot.dhcp.DhcpPacket;
import org.ekicho.netboot.dhcp.DhcpReading;
import org.ekicho.wire.Datagram;
import org.ekicho.wire.Moment;
import org.jspecify.annotations.Nullable;

/// One socket and the thread that reads it. When the socket breaks, the supervisor starts the loop again
/// and a new one is opened.
final class PortLoop implements Supervisor.Job {
    private static final int BATCH = 32;
    /// Waking once a second bounds how long a closing socket can be waited for.
    private static final long WAIT_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final DhcpPlace place;
    private final int port;
    private final int role;
    private final Desk desk;
    private final DhcpObserver observer;
    private final KernelClock clock = new KernelClock();
    private final Datagram[] batch = new Datagram[BATCH];
    private volatile @Nullable DhcpDoor door;
    private volatile boolean stopped;

    /// What is done with packets.
    @FunctionalInterface
    interface Desk {
        void take(Moment now, Arrival arrival, DhcpPacket packet, DhcpDoor door) throws IOException;
    }

    /// @param door open already, so that a taken port is an error of the start
    /// @param role the port of the protocol: 67, 68 or 4011
    PortLoop(DhcpDoor door, int role, Desk desk, DhcpObserver observer) {
        this.place = door.place();
        this.port = door.port();
        this.role = role;
        this.desk = desk;
        this.observer = observer;
        this.door = door;
        Arrays.setAll(batch, i -> new Datagram());
    }

    String name() {
        return "dhcp-" + role + "-" + place.name();
    }

    /// The socket; empty while it is broken.
    Optional<DhcpDoor> door() {
        return Optional.ofNullable(door);
    }

    @Override
    public void run() throws IOException {
        DhcpDoor open = door == null ? DhcpDoor.open(place, port) : door;
        door = open;
        try {
            while (!stopped) {
                int count = open.receive(batch, WAIT_NANOS);
                for (int i = 0; i < count; i++) {
                    read(batch[i], open);
                }
            }
        } finally {
            door = null;
            open.close();
        }
    }

    private void read(Datagram datagram, DhcpDoor open) throws IOException {
        Arrival arrival = new Arrival(place.index(), place.ours(), datagram.peerEndpoint(), role);
        Moment now = clock.moment();
        switch (DhcpCodec.decode(datagram.bytes, datagram.length)) {
            case DhcpReading.Malformed bad -> observer.malformed(now, arrival, bad.why());
            case DhcpReading.Whole whole -> desk.take(now, arrival, whole.packet(), open);
        }
    }

    @Override
    public void stop() {
        stopped = true;
        DhcpDoor open = door;
        if (open != null) open.close();
    }
}
