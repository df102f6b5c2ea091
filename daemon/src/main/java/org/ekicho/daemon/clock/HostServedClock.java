package org.ekicho.daemon.clock;

import java.io.IOException;
import java.util.Optional;
import org.ekicho.host.clock.ClockSteering;
import org.ekicho.host.clock.ClockSteering.SyncState;
import org.ekicho.host.clock.KernelClock;
import org.ekicho.ntp.boundary.TimeAction;

/// The host's clock: read, and steered only when it was built with the means to.
public final class HostServedClock implements ServedClock {
    private final KernelClock clock = new KernelClock();
    private final int precision = clock.precision();
    private final Optional<ClockSteering> steering;

    private HostServedClock(Optional<ClockSteering> steering) {
        this.steering = steering;
    }

    /// Never changed.
    public static HostServedClock observed() {
        return new HostServedClock(Optional.empty());
    }

    public static HostServedClock steered(ClockSteering steering) {
        return new HostServedClock(Optional.of(steering));
    }

    @Override
    public long nowNanos() {
        return clock.now();
    }

    @Override
    public long receivedNanos(long hostNanos) {
        return hostNanos;
    }

    @Override
    public int precision() {
        return precision;
    }

    @Override
    public void setFrequency(double ppm) throws IOException {
        steering().setFrequency(ppm);
    }

    @Override
    public void step(double seconds) throws IOException {
        steering().step(seconds);
    }

    @Override
    public void tellKernel(TimeAction.TellKernel state) throws IOException {
        steering()
                .tellKernel(
                        state.synchronised() ? SyncState.SYNCHRONISED : SyncState.UNSYNCHRONISED,
                        state.maxErrorSeconds(),
                        state.estimatedErrorSeconds(),
                        state.leap());
    }

    private ClockSteering steering() throws IOException {
        return steering.orElseThrow(() -> new IOException("this clock is observed, not steered"));
    }
}
