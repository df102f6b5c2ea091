package org.ekicho.bench;

import java.io.IOException;
import java.util.Arrays;
import org.ekicho.ntp.packet.NtpPacket;
import org.ekicho.wire.BigEndian;

/// Asks a server and counts. Runs are bounded in time whatever the server does.
final class Generator {
    /// Requests under way at once: enough to keep a server busy, few enough for the smallest receive buffer of the
    /// three (the system's default, 208 KiB, is charged 768 bytes a packet).
    private static final int WINDOW = 192;
    /// Without any answer for so long, what is under way is lost.
    private static final long GIVE_UP_NANOS = 20_000_000;

    private Generator() {}

    /// What came of a run.
    ///
    /// @param seconds  how long it took
    /// @param sent     requests
    /// @param answered replies
    record Outcome(double seconds, long sent, long answered) {
        double rate() {
            return answered / seconds;
        }

        double lossPercent() {
            return sent == 0 ? 100 : 100.0 * Math.max(0, sent - answered) / sent;
        }
    }

    /// The highest rate at which the server keeps up: as many requests as fit the window, always.
    static Outcome closedLoop(Flow flow, long nanos) throws IOException {
        long start = System.nanoTime();
        long end = start + nanos;
        long sent = 0;
        long answered = 0;
        long lastAnswer = start;
        int underWay = 0;
        long now = start;
        while (now < end) {
            if (underWay + Flow.BURST <= WINDOW && flow.send(Flow.BURST)) {
                sent += Flow.BURST;
                underWay += Flow.BURST;
            }
            int got = flow.receive();
            now = System.nanoTime();
            if (got > 0) {
                answered += got;
                underWay = Math.max(0, underWay - got);
                lastAnswer = now;
            } else if (now - lastAnswer > GIVE_UP_NANOS) {
                underWay = 0;
                lastAnswer = now;
            }
        }
        double seconds = (now - start) * 1e-9;
        return new Outcome(seconds, sent, answered + drain(flow, underWay));
    }

    /// Waits for what is still under way, so that it is neither counted as lost nor taken for the next run's.
    private static long drain(Flow flow, int underWay) throws IOException {
        long end = System.nanoTime() + GIVE_UP_NANOS;
        long late = 0;
        while (late < underWay && System.nanoTime() < end) {
            late += flow.receive();
        }
        return late;
    }

    /// One request at a time at a fixed rate, and how long each stayed in the server by its own stamps.
    ///
    /// @param perSecond 1 and up
    /// @return nanoseconds from receive to transmit stamp, sorted; one per answer
    static long[] paced(Flow flow, int perSecond, long nanos) throws IOException {
        long gap = 1_000_000_000L / perSecond;
        int most = (int) (nanos / gap) + 1;
        long[] stays = new long[most];
        byte[] reply = new byte[NtpPacket.HEADER];
        int answered = 0;
        long start = System.nanoTime();
        long next = start;
        long now = start;
        while (now - start < nanos + GIVE_UP_NANOS && answered < most) {
            now = System.nanoTime();
            if (now >= next && now - start < nanos) {
                flow.send(1);
                next += gap;
            }
            int got = flow.receive();
            for (int i = 0; i < got && answered < most; i++) {
                flow.copyReply(i, reply);
                long units = BigEndian.i64(reply, NtpPacket.TRANSMIT) - BigEndian.i64(reply, NtpPacket.RECEIVE);
                stays[answered++] = (long) (units * (1e9 / 0x1p32));
            }
        }
        long[] sorted = Arrays.copyOf(stays, answered);
        Arrays.sort(sorted);
        return sorted;
    }
}
