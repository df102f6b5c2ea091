package org.ekicho.ntp.broadcast;

import java.util.LinkedHashMap;
import java.util.Map;
import org.ekicho.ntp.association.Arrival;
import org.ekicho.ntp.association.Interval;
import org.ekicho.wire.IpAddress;
import org.jspecify.annotations.Nullable;

/// The streams that one sender sends, told apart by key and destination: during a change of keys there are two, a
/// server may send to a group and a subnet at once. One is followed; the others stand by.
final class KeyedStreams {
    /// A change of keys, twice, to two destinations; the stream silent for longest makes room beyond.
    private static final int MAX_STREAMS = 8;
    /// A packet may come this much before 2^poll is over: classic ntpd's own tolerance, against jitter and our clock
    /// running slow. For short intervals a quarter of them.
    private static final long EARLY = Interval.ofSeconds(3);
    /// The followed stream has fallen silent after so many intervals.
    private static final double SILENT_INTERVALS = 2.5;

    private final Map<Key, Stream> streams = new LinkedHashMap<>();

    /// What makes a stream.
    record Key(int keyId, IpAddress to) {
        static Key of(Arrival arrival) {
            return new Key(arrival.keyId(), arrival.to());
        }

        String keyText() {
            return keyId == 0 ? "none" : Integer.toUnsignedString(keyId);
        }
    }

    /// @param poll  log2 seconds of its interval
    /// @param heard monotonic time of its last packet
    private record Stream(int poll, long heard) {}

    /// True when the stream's interval, as its last packet told it, is not over yet.
    boolean isEarly(Arrival arrival) {
        Stream stream = streams.get(Key.of(arrival));
        if (stream == null) {
            return false;
        }
        long whole = Interval.ofPoll(Math.min(stream.poll, arrival.packet().poll()));
        return arrival.monotonicNanos() - stream.heard < whole - Math.min(EARLY, whole / 4);
    }

    void heard(Arrival arrival) {
        Key key = Key.of(arrival);
        streams.remove(key);
        if (streams.size() >= MAX_STREAMS) {
            streams.remove(streams.keySet().iterator().next());
        }
        streams.put(key, new Stream(arrival.packet().poll(), arrival.monotonicNanos()));
    }

    /// True when the stream's next packet should have come already.
    boolean isOverdue(Key key, long monotonicNanos) {
        @Nullable Stream stream = streams.get(key);
        return stream == null || monotonicNanos - stream.heard > Interval.ofPoll(stream.poll) + EARLY;
    }

    /// True when the stream has ended, as far as can be told.
    boolean isSilent(Key key, long monotonicNanos) {
        @Nullable Stream stream = streams.get(key);
        return stream == null || monotonicNanos - stream.heard > SILENT_INTERVALS * Interval.ofPoll(stream.poll);
    }
}
