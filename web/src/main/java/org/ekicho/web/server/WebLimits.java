package org.ekicho.web.server;

import org.ekicho.web.path.RequestPath;

/// What a client may take of the server at most.
public final class WebLimits {
    /// Bytes of a request line: the longest path, a method and a version.
    public static final int MAX_REQUEST_LINE = RequestPath.MAX_LENGTH + 100;
    /// Bytes of all header lines: 512 ranges of zchunk metadata need some 10 KB.
    public static final int MAX_HEADERS = 16_384;
    /// Connections of one address: a site of many machines may sit behind one address, each with a few.
    public static final int MAX_PER_ADDRESS = 1_024;
    /// Connections of everybody: half of the files that systemd lets a service open is for the files themselves.
    public static final int MAX_CONNECTIONS = 10_000;
    /// How long a connection may be without a request, and how long a request's head may take.
    public static final long IDLE_SECONDS = 60;
    /// How long a connection may be without a byte in either direction. Files are sent in pieces of 1 MB, so that
    /// this is what a client of 8 KB a second needs for one.
    public static final long SILENCE_SECONDS = 130;
    /// How long an answer may take beside the time for its bytes.
    public static final long ANSWER_SECONDS = 60;
    /// The slowest client that is still served, bytes a second: an ISDN line.
    public static final long MIN_RATE = 8_192;
    /// Requests of one HTTP/2 connection at once.
    public static final int MAX_STREAMS = 100;
    /// Threads that read folders for pages.
    public static final int PAGE_THREADS = 2;
    /// Pages waiting or being made: with a second for the largest folder, all are done within half a minute.
    public static final int MAX_PAGES = 64;
    /// Threads that look for files which are not in memory: as many requests as a disk queues with profit.
    public static final int LOOK_THREADS = 8;
    /// Such looks waiting or at work. A disk that does a hundred a second has done them in twenty seconds.
    public static final int MAX_LOOKS = 2_000;
    /// Event loops at most: with two the kernel's work is the limit already.
    public static final int MAX_LOOPS = 8;

    private WebLimits() {}
}
