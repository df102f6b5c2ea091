package org.ekicho.netboot.trace;

import java.util.List;

/// One attempt of a machine: from power-on to whatever became of it. Immutable.
///
/// @param number    of the machine's attempts, from 1
/// @param startedAt when its first event happened
/// @param events    in the order of their times, folded: packages, ARP questions and progress are one event each
/// @param dropped   events in the middle that there was no room for
public record BootAttempt(int number, long startedAt, List<BootEvent> events, long dropped) {
    public BootAttempt {
        events = List.copyOf(events);
    }

    /// When its last event happened; of a fetch, when it was over.
    public long lastAt() {
        long last = startedAt;
        for (BootEvent event : events) {
            last = Math.max(last, endOf(event));
        }
        return last;
    }

    /// When an event was over.
    static long endOf(BootEvent event) {
        return switch (event) {
            case BootEvent.Http http -> http.atNanos() + http.nanos();
            case BootEvent.Conversation talk -> talk.atNanos() + talk.nanos();
            case BootEvent.Packages many -> many.until();
            case BootEvent.ArpAsk ask -> ask.lastAtNanos();
            default -> event.atNanos();
        };
    }
}
