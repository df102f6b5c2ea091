package org.ekicho.ntp.association;

import java.util.Optional;
import java.util.function.Consumer;
import org.ekicho.ntp.boundary.TimeAction;
import org.ekicho.ntp.estimate.ClockChange;
import org.ekicho.ntp.selection.Verdict;
import org.ekicho.ntp.view.AssociationView;
import org.ekicho.wire.Moment;

/// Something that tells us the time.
public interface TimeSource {
    /// Association id.
    int id();

    /// Runs its timers that are due.
    void advance(Moment now, Consumer<TimeAction> out);

    /// Monotonic time of its next timer; [Interval#NEVER]: none.
    long deadlineNanos();

    /// What it says now; empty while it is unreachable, unsynchronised or not yet measured.
    Optional<Reading> reading(Moment now);

    /// Our clock was changed.
    void clockChanged(ClockChange change);

    /// The choice fell on it as system peer.
    void becameSystemPeer();

    /// How status shows it, less what the choice made of it.
    AssociationView view(Moment now, Verdict verdict);
}
