package org.ekicho.daemon.clock;

import java.time.Instant;
import org.ekicho.ntp.boundary.TimeAction;

/// A clock made of arithmetic over the monotonic clock: it starts wrong, runs wrong, and can be steered without
/// touching the machine's own. Demos and tests run whole services on it.
public final class PretendClock implements ServedClock {
    /// A kernel stamp older than this is taken as new: the host clock was stepped in between.
    private static final long OLDEST_STAMP_NANOS = 1_000_000_000L;

    /// What microsecond readings of the host allow.
    private static final int PRECISION = -20;

    private final double errorPpm;
    private volatile Line line;

    /// A straight piece of the clock's life: it showed `clockNanos` at `monotonicNanos` and gains `ppm` from there.
    private record Line(long monotonicNanos, long clockNanos, double ppm) {
        long at(long monotonic) {
            long elapsed = monotonic - monotonicNanos;
            return clockNanos + elapsed + (long) (elapsed * ppm * 1e-6);
        }
    }

    /// @param aheadSeconds how far it starts ahead of the host's clock (negative: behind)
    /// @param errorPpm     how much too fast its oscillator is
    public PretendClock(double aheadSeconds, double errorPpm) {
        this.errorPpm = errorPpm;
        this.line = new Line(System.nanoTime(), hostNanos() + (long) (aheadSeconds * 1e9), errorPpm);
    }

    @Override
    public long nowNanos() {
        return line.at(System.nanoTime());
    }

    @Override
    public long receivedNanos(long hostNanos) {
        long age = hostNanos() - hostNanos;
        return line.at(System.nanoTime() - (age < 0 || age > OLDEST_STAMP_NANOS ? 0 : age));
    }

    @Override
    public int precision() {
        return PRECISION;
    }

    @Override
    public synchronized void setFrequency(double ppm) {
        long now = System.nanoTime();
        line = new Line(now, line.at(now), errorPpm + ppm);
    }

    @Override
    public synchronized void step(double seconds) {
        long now = System.nanoTime();
        line = new Line(now, line.at(now) + (long) (seconds * 1e9), line.ppm());
    }

    /// There is no kernel behind this clock.
    @Override
    public void tellKernel(TimeAction.TellKernel state) {}

    /// How far it is ahead of the host's clock now, seconds: the truth that the service under test cannot see.
    public double aheadSeconds() {
        return (nowNanos() - hostNanos()) * 1e-9;
    }

    private static long hostNanos() {
        Instant now = Instant.now();
        return now.getEpochSecond() * 1_000_000_000L + now.getNano();
    }
}
