package org.ekicho.daemon.time;

import java.util.function.Supplier;
import org.ekicho.ntp.view.TimeView;
import org.ekicho.wire.Datagram;
import org.ekicho.wire.Moment;

/// Answers control queries (ntpq) on the engine's thread.
final class ControlDesk {
    void answer(Datagram query, Supplier<TimeView> view, Moment now, Sending sending) {}
}
