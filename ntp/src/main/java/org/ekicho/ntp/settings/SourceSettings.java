package org.ekicho.ntp.settings;

/// One `server`, `pool` or `peer` line.
///
/// @param kind     which of the three words
/// @param host     name or numeric address, as written; the shell resolves it
/// @param port     UDP port, 123 but in tests and demos
/// @param keyId    key for both directions, 0: none
/// @param iburst   a quick volley of requests while unreachable
/// @param burst    a quick volley at each poll while reachable
/// @param prefer   the one to follow among the good ones
/// @param minPoll  log2 of the shortest interval in seconds, 1..17 (classic: 3..17)
/// @param maxPoll  log2 of the longest interval, not below `minPoll`
/// @param version  NTP version of the requests, 1..4
/// @param noSelect measured and shown, never followed
/// @param trueChimer never counted as a falseticker (`true`)
public record SourceSettings(
        Kind kind,
        String host,
        int port,
        int keyId,
        boolean iburst,
        boolean burst,
        boolean prefer,
        int minPoll,
        int maxPoll,
        int version,
        boolean noSelect,
        boolean trueChimer) {
    /// The word in ntp.conf.
    public enum Kind {
        SERVER,
        POOL,
        PEER
    }

    public static final int DEFAULT_MIN_POLL = 6;
    public static final int DEFAULT_MAX_POLL = 10;

    public SourceSettings {
        if (minPoll < 0 || maxPoll > 17 || minPoll > maxPoll) {
            throw new IllegalArgumentException(
                    "minpoll and maxpoll lie in 0..17 in this order: " + minPoll + ", " + maxPoll);
        }
        if (version < 1 || version > 4) {
            throw new IllegalArgumentException("version is 1..4, not " + version);
        }
    }

    /// A plain `server HOST` line.
    public static SourceSettings server(String host) {
        return new SourceSettings(
                Kind.SERVER, host, 123, 0, false, false, false, DEFAULT_MIN_POLL, DEFAULT_MAX_POLL, 4, false, false);
    }
}
