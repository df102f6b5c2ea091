package org.ekicho.ntp.engine;

import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.ekicho.ntp.boundary.HostClock;
import org.ekicho.ntp.boundary.LocalInterface;
import org.ekicho.ntp.boundary.SavedState;
import org.ekicho.ntp.boundary.TimeAction;
import org.ekicho.ntp.server.ServerState;
import org.ekicho.ntp.settings.TimeSettings;
import org.ekicho.ntp.view.TimeView;
import org.ekicho.wire.Datagram;
import org.ekicho.wire.IpAddress;
import org.ekicho.wire.Moment;

/// The time engine: follows sources, measures delays, chooses, disciplines the clock, sends streams. It owns no
/// thread, socket, clock or file: all calls come from one thread, and what it wants done goes to a consumer of
/// [TimeAction]s.
public final class TimeEngine {
    /// @param settings   what to do
    /// @param precision  log2 seconds of the clock, measured by the shell, e.g. -24
    /// @param saved      what earlier runs kept
    /// @param dice       randomness: nonces (so a SecureRandom outside of simulations), jitter of timers
    /// @param now        start
    public TimeEngine(TimeSettings settings, int precision, SavedState saved, RandomGenerator dice, Moment now) {
        throw new UnsupportedOperationException();
    }

    /// The interfaces as they are now: decides where streams leave and what a broadcast came in by.
    public void networkIs(List<LocalInterface> interfaces, Moment now, Consumer<TimeAction> out) {
        throw new UnsupportedOperationException();
    }

    /// The addresses that the name of `settings.sources()[index]` stands for now.
    public void resolved(int index, List<IpAddress> addresses, Moment now, Consumer<TimeAction> out) {
        throw new UnsupportedOperationException();
    }

    /// What the kernel says of the host clock; about once in 16 s.
    public void hostClockIs(HostClock clock, Moment now, Consumer<TimeAction> out) {
        throw new UnsupportedOperationException();
    }

    /// One datagram of mode 1, 2, 4 or 5 that the server handed over.
    public void receive(Datagram datagram, Moment now, Consumer<TimeAction> out) {
        throw new UnsupportedOperationException();
    }

    /// Runs every timer that is due.
    public void advance(Moment now, Consumer<TimeAction> out) {
        throw new UnsupportedOperationException();
    }

    /// Monotonic time at which `advance` is next worth calling.
    public long nextDeadlineNanos() {
        throw new UnsupportedOperationException();
    }

    /// What our packets say, to be handed to the server after each call that may have changed it.
    public ServerState serverState() {
        throw new UnsupportedOperationException();
    }

    /// The picture for status and control protocol.
    public TimeView view(Moment now) {
        throw new UnsupportedOperationException();
    }
}
