package org.ekicho.sim.boot;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.ekicho.sim.SimLink;
import org.ekicho.sim.SimQueue;

/// A switch between the server and its machines. Every packet of every machine has its own luck.
final class Wire {
    /// Ethernet, IPv4 and UDP around a payload, with the gap between frames.
    static final int AROUND = 66;

    private final SimQueue queue;
    private final SimLink link;
    private final RandomGenerator dice;
    private final Uplink uplink;
    private final List<Firmware> machines = new ArrayList<>();

    Wire(SimQueue queue, SimLink link, Uplink uplink, RandomGenerator dice) {
        this.queue = queue;
        this.link = link;
        this.uplink = uplink;
        this.dice = dice;
    }

    SimQueue queue() {
        return queue;
    }

    Uplink uplink() {
        return uplink;
    }

    void plug(Firmware machine) {
        machines.add(machine);
    }

    /// From a machine to the server.
    void up(Runnable arrives) {
        link.carry(queue.now(), SimLink.Direction.UP, dice, at -> queue.at(at, arrives));
    }

    /// From the server to one machine.
    void down(int bytes, Uplink.Band band, Runnable arrives) {
        uplink.send(
                bytes + AROUND,
                band,
                () -> link.carry(queue.now(), SimLink.Direction.DOWN, dice, at -> queue.at(at, arrives)));
    }

    /// From the server to all.
    void broadcast(byte[] dhcp) {
        uplink.send(
                dhcp.length + AROUND,
                Uplink.Band.BULK,
                () -> machines.forEach(machine -> link.carry(
                        queue.now(), SimLink.Direction.DOWN, dice, at -> queue.at(at, () -> machine.dhcp(dhcp)))));
    }
}
