package org.ekicho.daemon.mirror.sync;

import java.util.concurrent.TimeUnit;
import org.ekicho.host.download.Addresses;

/// One server of a repository, and how it behaves. Safe for many threads.
final class Mirror {
    /// After so many failures in a row with nothing between them it is not asked any more in this run.
    private static final int HOPELESS = 8;
    private static final long FIRST_REST_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final int MOST_DOUBLINGS = 6;

    private final String base;
    private int failuresInRow;
    private long restsUntilNanos;
    private String trouble = "";

    Mirror(String base) {
        this.base = base;
    }

    String base() {
        return base;
    }

    String shown() {
        return Addresses.shown(base);
    }

    synchronized String trouble() {
        return trouble;
    }

    synchronized void worked() {
        failuresInRow = 0;
        restsUntilNanos = 0;
    }

    /// It lacks a file, or has it with other bytes; it is a server in order all the same.
    synchronized void lacks(String what) {
        failuresInRow = 0;
        trouble = what;
    }

    synchronized void failed(String what, long nowNanos) {
        trouble = what;
        long rest = FIRST_REST_NANOS << Math.min(failuresInRow, MOST_DOUBLINGS);
        failuresInRow++;
        restsUntilNanos = nowNanos + rest;
    }

    /// Nanoseconds until it may be asked again; 0: now.
    synchronized long restNanos(long nowNanos) {
        return failuresInRow == 0 ? 0 : Math.max(0, restsUntilNanos - nowNanos);
    }

    synchronized boolean isHopeless() {
        return failuresInRow >= HOPELESS;
    }
}
