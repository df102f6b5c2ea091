package org.ekicho.sim;

import java.util.PriorityQueue;

/// True time of a simulation, and what happens when. Events of the same nanosecond happen in the order in which they
/// were put in.
public final class SimQueue {
    private record Event(long atNanos, long order, Runnable action) implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            int byTime = Long.compare(atNanos, other.atNanos);
            return byTime != 0 ? byTime : Long.compare(order, other.order);
        }
    }

    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private long now;
    private long order;

    /// True time, nanoseconds since the simulation began.
    public long now() {
        return now;
    }

    /// Has `action` done at a true time; one that is past is done next.
    public void at(long trueNanos, Runnable action) {
        events.add(new Event(Math.max(now, trueNanos), order++, action));
    }

    /// Does all that happens up to and including a true time.
    public void runUntil(long trueNanos) {
        while (!events.isEmpty() && events.peek().atNanos <= trueNanos) {
            Event event = events.remove();
            now = event.atNanos;
            event.action.run();
        }
        now = trueNanos;
    }
}
