package org.ekicho.daemon.time;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.ekicho.daemon.clock.ServedClock;
import org.ekicho.ntp.boundary.TimeAction;
import org.ekicho.wire.Datagram;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends what the engine and the control protocol want sent. Belongs to the engine's thread.
final class Sending {
    private static final Logger LOG = LoggerFactory.getLogger(Sending.class);
    /// A network that is gone fails every packet: one line a minute says so.
    private static final long QUIET_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final ServedClock clock;
    private final Doors doors;
    private final Datagram out = new Datagram();
    private final LongAdder unsent = new LongAdder();
    private long lastLine = System.nanoTime() - QUIET_NANOS;

    Sending(ServedClock clock, Doors doors) {
        this.clock = clock;
        this.doors = doors;
    }

    /// Stamps and signs the packet and sends it at once.
    void transmit(TimeAction.Transmit transmit) {
        out.peer(transmit.to().address(), transmit.to().port());
        out.interfaceIndex = transmit.interfaceIndex();
        out.localHigh = transmit.from().isAny() ? 0 : transmit.from().high();
        out.localLow = transmit.from().isAny() ? 0 : transmit.from().low();
        Optional<Door> door = doors.toSend(transmit.from(), transmit.to().address());
        if (door.isEmpty()) {
            failed("no socket to send by to " + transmit.to());
            return;
        }
        transmit.seal(out, clock.nowNanos());
        send(door.get(), out, transmit.ttl());
    }

    /// Sends an answer back by the address that was asked.
    void reply(Datagram answer) {
        Optional<Door> door = doors.toSend(answer.local(), answer.peer());
        door.ifPresentOrElse(d -> send(d, answer, 0), () -> failed("no socket to answer " + answer.peerEndpoint()));
    }

    private void send(Door door, Datagram datagram, int ttl) {
        try {
            door.send(datagram, ttl);
        } catch (IOException e) {
            failed("could not send to " + datagram.peerEndpoint() + ": " + e.getMessage());
        }
    }

    private void failed(String sentence) {
        unsent.increment();
        long now = System.nanoTime();
        if (now - lastLine >= QUIET_NANOS) {
            lastLine = now;
            LOG.warn(sentence);
        }
    }

    long unsent() {
        return unsent.sum();
    }
}
