package org.ekicho.host.download;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/// What came over the line, in all and per server. Safe for many threads.
public final class Traffic {
    private final LongAdder received = new LongAdder();
    private final Map<String, Counters> servers = new ConcurrentHashMap<>();

    /// Bytes of bodies so far.
    public long received() {
        return received.sum();
    }

    /// Per server (`https://host:port`).
    public Map<String, Share> servers() {
        Map<String, Share> shares = new TreeMap<>();
        servers.forEach((name, c) -> shares.put(name, new Share(c.files.sum(), c.failures.sum(), c.bytes.sum())));
        return shares;
    }

    void count(String server, long bytes) {
        received.add(bytes);
        counters(server).bytes.add(bytes);
    }

    void ended(String server, DownloadResult result) {
        Counters counters = counters(server);
        (result instanceof DownloadResult.Done ? counters.files : counters.failures).increment();
    }

    private Counters counters(String server) {
        return servers.computeIfAbsent(server, name -> new Counters());
    }

    /// What one server did.
    ///
    /// @param files    that came whole
    /// @param failures of any kind
    /// @param bytes    of bodies
    public record Share(long files, long failures, long bytes) {}

    private static final class Counters {
        final LongAdder files = new LongAdder();
        final LongAdder failures = new LongAdder();
        final LongAdder bytes = new LongAdder();
    }
}
