package org.ekicho.daemon.boot.dhcp;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.ekicho.daemon.supervision.Supervisor;
import org.ekicho.host.net.ArpPacket;
import org.ekicho.host.net.ArpSocket;

/// Hears the ARP of one interface.
final class ArpLoop implements Supervisor.Job {
    private static final long WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final ArpSocket socket;
    private final Consumer<ArpPacket> slot;
    private volatile boolean stopped;

    ArpLoop(ArpSocket socket, Consumer<ArpPacket> slot) {
        this.socket = socket;
        this.slot = slot;
    }

    @Override
    public void run() throws IOException {
        while (!stopped) {
            socket.hear(WAIT_NANOS).ifPresent(slot);
        }
    }

    @Override
    public void stop() {
        stopped = true;
        socket.close();
    }
}
