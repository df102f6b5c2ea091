package org.ekicho.ntp.control;

import java.util.List;
import org.ekicho.ntp.access.ClientEntry;
import org.ekicho.ntp.view.TimeView;

/// What the service knows, for the control protocol to show. Asked anew for each query.
public interface ControlFacts {
    /// The picture of the time service.
    TimeView view();

    /// How many packets came to each end, by `NtpReason.ordinal()`; the caller keeps the array.
    long[] counters();

    /// The newest clients first, `limit` at most.
    List<ClientEntry> clients(int limit);
}
