package org.ekicho.sim.boot;

import java.util.ArrayDeque;
import java.util.Queue;
import org.ekicho.sim.SimQueue;

/// The server's network card: one frame after the other at the speed of the wire. As Linux does by default, what is
/// marked as expedited leaves before everything else that waits; a frame that has begun is finished.
final class Uplink {
    /// Where a packet waits.
    enum Band {
        EXPEDITED,
        BULK
    }

    /// Bytes of a full frame on the wire.
    static final int FRAME = 1538;

    private record Waiting(int bytes, Runnable sent) {}

    private final SimQueue queue;
    private final double nanosPerByte;
    private final Queue<Waiting> bulk = new ArrayDeque<>();
    private boolean busy;
    private long began;
    /// What expedited packets have taken from the bulk that is being sent.
    private long taken;
    /// When the last expedited packet has left.
    private long expeditedUntil;

    private long bytesWaiting;
    private long mostWaiting;

    /// @param bitsPerSecond of the wire
    Uplink(SimQueue queue, double bitsPerSecond) {
        this.queue = queue;
        this.nanosPerByte = 8e9 / bitsPerSecond;
    }

    /// Sends a packet, or a run of full frames; `sent` happens when its last bit has left.
    void send(int bytes, Band band, Runnable sent) {
        if (band == Band.EXPEDITED) {
            expedite(bytes, sent);
            return;
        }
        bulk.add(new Waiting(bytes, sent));
        bytesWaiting += bytes;
        mostWaiting = Math.max(mostWaiting, bytesWaiting);
        if (!busy) next();
    }

    /// The most bytes that ever waited.
    long mostWaiting() {
        return mostWaiting;
    }

    private void expedite(int bytes, Runnable sent) {
        long now = queue.now();
        long frame = nanos(FRAME);
        long rest = busy ? frame - Math.floorMod(now - began - taken, frame) : 0;
        long from = Math.max(now + rest, expeditedUntil);
        expeditedUntil = from + nanos(bytes);
        if (busy) taken += nanos(bytes);
        queue.at(expeditedUntil, sent);
    }

    private void next() {
        Waiting first = bulk.poll();
        busy = first != null;
        if (first == null) return;
        began = Math.max(queue.now(), expeditedUntil);
        taken = 0;
        end(first, began + nanos(first.bytes), 0);
    }

    private void end(Waiting first, long at, long allowed) {
        queue.at(at, () -> {
            if (taken > allowed) {
                end(first, at + taken - allowed, taken);
                return;
            }
            bytesWaiting -= first.bytes;
            first.sent.run();
            next();
        });
    }

    private long nanos(int bytes) {
        return Math.round(bytes * nanosPerByte);
    }
}
