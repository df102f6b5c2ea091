package org.ekicho.web.server;

import io.netty.channel.Channel;

/// One connection, and the time by which something must have happened on it. Belongs to its event loop.
final class Peer {
    private static final long SECOND = 1_000_000_000L;

    private final Channel channel;
    private final String address;
    private final WebPatience patience;
    private long deadlineNanos;
    private int inFlight;
    private long answered;

    Peer(Channel channel, String address, WebPatience patience, long nowNanos) {
        this.channel = channel;
        this.address = address;
        this.patience = patience;
        this.deadlineNanos = nowNanos + patience.idleSeconds() * SECOND;
    }

    Channel channel() {
        return channel;
    }

    /// Address without a port.
    String address() {
        return address;
    }

    /// A request came.
    void begin(long nowNanos) {
        inFlight++;
        deadlineNanos = Math.max(deadlineNanos, nowNanos + patience.answerSeconds() * SECOND);
    }

    /// Its answer has so many bytes, and may take as long as they need at the least rate.
    void allow(long bytes) {
        deadlineNanos += bytes / patience.leastBytesPerSecond() * SECOND;
    }

    /// An answer ended, well or not.
    void end(long nowNanos) {
        inFlight--;
        answered++;
        if (inFlight == 0) {
            deadlineNanos = nowNanos + patience.idleSeconds() * SECOND;
        }
    }

    boolean isOverdue(long nowNanos) {
        return nowNanos - deadlineNanos > 0;
    }

    /// Whether it is between requests, after at least one that was answered: nobody's fault.
    boolean isMerelyIdle() {
        return inFlight == 0 && answered > 0;
    }
}
