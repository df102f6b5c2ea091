package org.ekicho.ntp.control;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.ekicho.wire.IpAddress;

/// How many bytes of answers an address may draw: a bucket per address that fills steadily. The sender of a UDP query
/// may be forged, and answers are up to forty times as long as queries; so no address is sent more than it could ask
/// for by hand.
final class ControlBudget {
    /// What an address may draw at once: `ntpq -p` over 64 associations, or some 600 rows of `mrulist`.
    static final long BURST_BYTES = 128 * 1024;
    /// What it may draw for ever: less than a time client's worth of a slow line.
    static final long BYTES_PER_SECOND = 16 * 1024;
    /// Addresses remembered. Whoever is forgotten starts with a full bucket: 1024 forged sources at most then cost
    /// what 1024 real ones would.
    static final int MAX_ADDRESSES = 1024;

    private static final class Bucket {
        private double bytes = BURST_BYTES;
        private long filledNanos;

        private Bucket(long monotonicNanos) {
            filledNanos = monotonicNanos;
        }

        private void fill(long monotonicNanos) {
            double elapsed = Math.max(0, monotonicNanos - filledNanos) * 1e-9;
            bytes = Math.min(BURST_BYTES, bytes + elapsed * BYTES_PER_SECOND);
            filledNanos = monotonicNanos;
        }
    }

    private final Map<IpAddress, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true);

    /// True while the address has anything left.
    boolean hasLeft(IpAddress address, long monotonicNanos) {
        Bucket bucket = buckets.computeIfAbsent(address, asker -> new Bucket(monotonicNanos));
        bucket.fill(monotonicNanos);
        dropOldest();
        return bucket.bytes > 0;
    }

    /// Takes what was sent; the bucket may go below zero once, by one answer.
    void spend(IpAddress address, long bytes) {
        Bucket bucket = buckets.get(address);
        if (bucket != null) {
            bucket.bytes -= bytes;
        }
    }

    private void dropOldest() {
        Iterator<IpAddress> oldest = buckets.keySet().iterator();
        while (buckets.size() > MAX_ADDRESSES && oldest.hasNext()) {
            oldest.next();
            oldest.remove();
        }
    }
}
