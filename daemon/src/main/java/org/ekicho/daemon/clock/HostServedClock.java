package org.ekicho.daemon.clock;

import java.io.IOException;
import java.time.Instant;

/// The host's clock, read and never changed.
public final class HostServedClock implements ServedClock {
    @Override
    public long nowNanos() {
        Instant now = Instant.now();
        return now.getEpochSecond() * 1_000_000_000L + now.getNano();
    }

    @Override
    public long receivedNanos(long hostNanos) {
        return hostNanos;
    }

    @Override
    public int precision() {
        return -20;
    }

    @Override
    public void setFrequency(double ppm) throws IOException {
        throw observed();
    }

    @Override
    public void step(double seconds) throws IOException {
        throw observed();
    }

    @Override
    public void tellKernel(boolean synchronised, double maxErrorSeconds, double estimatedErrorSeconds, int leap)
            throws IOException {
        throw observed();
    }

    private static IOException observed() {
        return new IOException("this clock is observed, not steered");
    }
}
