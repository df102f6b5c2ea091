package org.ekicho.daemon.multicast;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ekicho.wire.IpAddress;

/// Counts what the tester hears: for each sender and each interface what came, what is missing, what came twice or
/// late.
public final class TestTally {
    /// Streams that are told apart; who sends more is an attack or a mistake, and is not counted.
    private static final int MOST_STREAMS = 256;
    /// How far back a datagram is known to have come already.
    private static final int WINDOW = 64;

    /// One sender as heard on one of our interfaces.
    ///
    /// @param from           its address
    /// @param sentBy         its interface
    /// @param run            its run
    /// @param interfaceIndex ours
    public record Stream(IpAddress from, String sentBy, long run, int interfaceIndex) {}

    /// What became of a datagram.
    public enum Arrival {
        NEXT,
        AFTER_A_GAP,
        DUPLICATE,
        LATE,
        NOT_COUNTED
    }

    /// @param received   different datagrams that came
    /// @param lost       missing between the first and the last that came
    /// @param duplicates came again
    /// @param late       came after a later one
    public record Count(long received, long lost, long duplicates, long late) {}

    /// @param stream who, by which way
    /// @param count  how many
    public record Line(Stream stream, Count count) {}

    private static final class Progress {
        private long first;
        private long highest = -1;
        /// Bit *n*: `highest - n` has come.
        private long seen;

        private long received;
        private long duplicates;
        private long late;
    }

    private final Map<Stream, Progress> streams = new LinkedHashMap<>();

    /// Takes one datagram into account.
    public Arrival add(TestDatagram datagram, IpAddress from, int interfaceIndex) {
        Stream stream = new Stream(from, datagram.sentBy(), datagram.run(), interfaceIndex);
        Progress progress = streams.get(stream);
        if (progress == null) {
            if (streams.size() >= MOST_STREAMS) {
                return Arrival.NOT_COUNTED;
            }
            progress = new Progress();
            progress.first = datagram.number();
            progress.highest = datagram.number() - 1L;
            streams.put(stream, progress);
        }
        return add(progress, datagram.number());
    }

    private static Arrival add(Progress progress, long number) {
        long ahead = number - progress.highest;
        if (ahead > 0) {
            progress.seen = ahead >= WINDOW ? 1 : progress.seen << ahead | 1;
            progress.highest = number;
            progress.received++;
            return ahead == 1 ? Arrival.NEXT : Arrival.AFTER_A_GAP;
        }
        boolean known = -ahead >= WINDOW || (progress.seen >>> -ahead & 1) != 0;
        if (known) {
            progress.duplicates++;
            return Arrival.DUPLICATE;
        }
        progress.seen |= 1L << -ahead;
        progress.received++;
        progress.late++;
        progress.first = Math.min(progress.first, number);
        return Arrival.LATE;
    }

    /// What has come so far, in the order in which the senders were first heard.
    public List<Line> lines() {
        return streams.entrySet().stream()
                .map(entry -> new Line(entry.getKey(), count(entry.getValue())))
                .toList();
    }

    private static Count count(Progress progress) {
        long span = progress.highest - progress.first + 1;
        return new Count(progress.received, span - progress.received, progress.duplicates, progress.late);
    }
}
