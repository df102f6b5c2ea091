package org.ekicho.daemon.boot.tftp;

import java.util.function.IntUnaryOperator;

/// Waits for ports, and does not fall asleep at once where answers come within microseconds: to be put to sleep
/// and woken costs more than all else that a block of a transfer in lock-step needs. It looks a few times
/// first, giving way to whoever wants the core. Where that was in vain it soon stops doing so, and tries again
/// now and then.
final class QuickWait {
    /// Longer than a client on the next core takes for a block, shorter than any switch and wire.
    private static final long LOOK_NANOS = 40_000;
    /// Looks that may be in vain in a row.
    private static final int MOST_CREDIT = 32;
    /// Waits without looking before it is tried again: in vain, it costs a hundredth of a wait.
    private static final int REST = 256;

    private final IntUnaryOperator ports;
    private int credit = MOST_CREDIT;
    private int rest;

    /// @param ports waits so many milliseconds, 0 for not at all, and says how many are ready
    QuickWait(IntUnaryOperator ports) {
        this.ports = ports;
    }

    /// Giving way is only a courtesy here: nothing relies on what the scheduler makes of it.
    @SuppressWarnings("ThreadPriorityCheck")
    int await(int millis) {
        if (credit == 0 && rest-- > 0) return ports.applyAsInt(millis);
        long began = System.nanoTime();
        do {
            int count = ports.applyAsInt(0);
            if (count > 0) {
                credit = Math.min(MOST_CREDIT, credit + 1);
                return count;
            }
            Thread.yield();
        } while (System.nanoTime() - began < LOOK_NANOS);
        credit = Math.max(0, credit - 1);
        if (credit == 0) rest = REST;
        return ports.applyAsInt(millis);
    }
}
