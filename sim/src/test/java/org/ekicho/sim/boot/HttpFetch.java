package org.ekicho.sim.boot;

/// A body on its way by TCP: segments of 64 KB, two under way at once; what gets lost costs time and nothing else.
final class HttpFetch {
    private static final int SEGMENT = 64 * 1024;
    private static final int UNDER_WAY = 2;

    private final Wire wire;
    private final Runnable done;
    private long left;
    private int underWay;

    HttpFetch(Wire wire, long bytes, Runnable done) {
        this.wire = wire;
        this.left = bytes;
        this.done = done;
    }

    void begin() {
        // The SYN and the request.
        reliably(this::more);
    }

    private void more() {
        while (left > 0 && underWay < UNDER_WAY) {
            int bytes = (int) Math.min(SEGMENT, left);
            left -= bytes;
            underWay++;
            segment(bytes, () -> {
                underWay--;
                if (left > 0) {
                    more();
                } else if (underWay == 0) {
                    done.run();
                }
            });
        }
    }

    private void segment(int bytes, Runnable arrived) {
        boolean[] there = {false};
        wire.down(bytes, Uplink.Band.BULK, () -> {
            if (!there[0]) {
                there[0] = true;
                arrived.run();
            }
        });
        later(() -> {
            if (!there[0]) segment(bytes, arrived);
        });
    }

    private void reliably(Runnable arrives) {
        boolean[] there = {false};
        wire.up(() -> {
            if (!there[0]) {
                there[0] = true;
                arrives.run();
            }
        });
        later(() -> {
            if (!there[0]) reliably(arrives);
        });
    }

    /// TCP's patience: a second, the first time.
    private void later(Runnable what) {
        wire.queue().at(wire.queue().now() + 1_000_000_000L, what);
    }
}
