package org.ekicho.host.download;

import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.ekicho.host.download.DownloadResult.Failed;
import org.ekicho.host.download.DownloadResult.Failure;

/// Carries a body into a file: hashed, measured, limited.
///
/// @param in        the body
/// @param out       the file, at its end
/// @param bandwidth shared by all
/// @param traffic   counts it
/// @param server    for the counters
/// @param patience  when too little comes
/// @param shown     the address for sentences
record Body(
        InputStream in,
        PartialFile out,
        Bandwidth bandwidth,
        Traffic traffic,
        String server,
        DownloadSettings.Patience patience,
        String shown) {
    /// @param size  that the whole file must have; empty: not known
    /// @param limit of the whole file
    /// @return why it did not come whole; empty when it did
    /// @throws IOException when it cannot be written
    Optional<Failed> carry(byte[] buffer, OptionalLong size, long limit) throws IOException {
        RateWatch watch = new RateWatch(patience);
        while (true) {
            Chunk chunk = fill(buffer);
            if (chunk.length() > 0) {
                if (out.size() + chunk.length() > limit) {
                    return failed(Failure.TOO_LARGE, "is longer than " + limit + " bytes");
                }
                out.write(buffer, chunk.length());
                traffic.count(server, chunk.length());
                long waited = bandwidth.take(chunk.length());
                if (watch.isTooSlow(chunk.length(), waited)) {
                    return failed(Failure.TOO_SLOW, "came with less than " + patience.minimumRate() + " bytes/s");
                }
            }
            if (chunk.broken().isPresent()) {
                return chunk.broken();
            }
            if (chunk.end() == End.YES) {
                return ended(size);
            }
        }
    }

    private Optional<Failed> ended(OptionalLong size) {
        return size.isEmpty() || size.getAsLong() == out.size()
                ? Optional.empty()
                : failed(Failure.WRONG_SIZE, "has " + out.size() + " bytes instead of " + size.getAsLong());
    }

    /// Fills the buffer, so that files are written in large pieces; less only at the end, or when a tenth of the
    /// patience
    /// is over.
    private Chunk fill(byte[] buffer) {
        int length = 0;
        long started = System.nanoTime();
        long soon = patience.stall().toNanos() / 10;
        try {
            while (length < buffer.length) {
                int n = in.read(buffer, length, buffer.length - length);
                if (n < 0) {
                    return new Chunk(length, End.YES, Optional.empty());
                }
                length += n;
                if (System.nanoTime() - started > soon) {
                    break;
                }
            }
            return new Chunk(length, End.NO, Optional.empty());
        } catch (SocketTimeoutException e) {
            return new Chunk(
                    length,
                    End.YES,
                    failed(
                            Failure.TOO_SLOW,
                            "sent nothing for " + patience.stall().toSeconds() + " s"));
        } catch (IOException e) {
            return new Chunk(length, End.YES, failed(Failure.CUT_OFF, "broke off: " + Words.of(e)));
        }
    }

    private Optional<Failed> failed(Failure failure, String what) {
        return Optional.of(new Failed(failure, shown + " " + what));
    }

    private enum End {
        YES,
        NO
    }

    private record Chunk(int length, End end, Optional<Failed> broken) {}

    /// Measures the rate over spans of the patience; time that the bandwidth limit took does not count.
    private static final class RateWatch {
        private final long spanNanos;
        private final long least;
        private long startedNanos = System.nanoTime();
        private long bytes;

        RateWatch(DownloadSettings.Patience patience) {
            Duration span = patience.stall();
            spanNanos = span.toNanos();
            least = (long) (patience.minimumRate() * (spanNanos / 1e9));
        }

        boolean isTooSlow(long more, long waitedNanos) {
            bytes += more;
            startedNanos += waitedNanos;
            long now = System.nanoTime();
            if (now - startedNanos < spanNanos) {
                return false;
            }
            boolean slow = bytes < least;
            startedNanos = now;
            bytes = 0;
            return slow;
        }
    }
}
