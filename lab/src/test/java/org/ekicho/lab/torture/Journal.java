package org.ekicho.lab.torture;

import java.util.ArrayList;
import java.util.List;

/// What was run when, so that what a client saw can be laid beside it.
final class Journal {
    /// One run. Times are milliseconds since 1970.
    ///
    /// @param what   the command
    /// @param end    how it ended: its exit code, or that it was killed
    /// @param output of both streams
    record Entry(int number, String what, long begun, long ended, String end, String output) {
        boolean touches(long from, long to) {
            return begun <= to && ended >= from;
        }

        String line() {
            return "%4d  %d..%d (%d ms)  %s: %s".formatted(number, begun, ended, ended - begun, what, end);
        }
    }

    private final List<Entry> entries = new ArrayList<>();

    synchronized void add(Entry entry) {
        entries.add(entry);
    }

    synchronized List<Entry> all() {
        return List.copyOf(entries);
    }

    /// Runs that were going on in a span, and the last before it.
    String around(long from, long to) {
        StringBuilder text = new StringBuilder();
        for (Entry entry : all()) {
            if (entry.touches(from - 3_000, to)) {
                text.append("    ").append(entry.line()).append('\n');
            }
        }
        return text.toString();
    }
}
