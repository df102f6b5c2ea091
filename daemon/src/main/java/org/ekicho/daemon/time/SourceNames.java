package org.ekicho.daemon.time;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.ekicho.ntp.settings.SourceSettings;
import org.ekicho.wire.IpAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Turns the names of sources into addresses, each on a virtual thread of its own: at once, again and again until
/// there is an address, and then every hour, as addresses change.
final class SourceNames implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SourceNames.class);
    private static final long FIRST_PAUSE_MILLIS = 2_000;
    private static final long LONGEST_PAUSE_MILLIS = 300_000;
    private static final long FRESH_MILLIS = 3_600_000;

    private final Outside.Names names;
    private final BiConsumer<Integer, List<IpAddress>> told;
    private final List<Thread> threads = new ArrayList<>();
    private boolean closed;

    /// @param told gets the index of a source and its addresses
    SourceNames(List<SourceSettings> sources, Outside.Names names, BiConsumer<Integer, List<IpAddress>> told) {
        this.names = names;
        this.told = told;
        for (int i = 0; i < sources.size(); i++) {
            int index = i;
            String host = sources.get(i).host();
            IpAddress.parse(host)
                    .ifPresentOrElse(
                            address -> told.accept(index, List.of(address)),
                            () -> threads.add(
                                    Thread.ofVirtual().name("resolve " + host).start(() -> follow(index, host))));
        }
    }

    private void follow(int index, String host) {
        long pause = FIRST_PAUSE_MILLIS;
        List<IpAddress> last = List.of();
        try {
            while (true) {
                List<IpAddress> found = names.resolve(host);
                if (!found.isEmpty() && !found.equals(last)) {
                    LOG.info("{} is {}", host, found);
                    tell(index, found);
                    last = found;
                } else if (found.isEmpty() && last.isEmpty() && pause == FIRST_PAUSE_MILLIS) {
                    LOG.warn("{} has no address yet; asking again", host);
                }
                Thread.sleep(found.isEmpty() ? pause : FRESH_MILLIS);
                pause = found.isEmpty() ? Math.min(2 * pause, LONGEST_PAUSE_MILLIS) : FIRST_PAUSE_MILLIS;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Once closed nothing is told any more: the index may mean another source by then.
    private synchronized void tell(int index, List<IpAddress> found) {
        if (!closed) {
            told.accept(index, found);
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        threads.forEach(Thread::interrupt);
    }
}
