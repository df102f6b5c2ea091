package org.ekicho.daemon.boot;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.ekicho.host.files.DurableFile;
import org.ekicho.host.files.FileLatch;
import org.ekicho.netboot.policy.OrderBook;
import org.ekicho.netboot.policy.OrderCodec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps the install orders in a file, which the service and the command line share: each change is made under a lock,
/// on what the file says then, and is on the disk before anything is done because of it.
public final class OrderDesk {
    private static final Logger LOG = LoggerFactory.getLogger(OrderDesk.class);
    /// A change takes a few milliseconds.
    private static final long WAIT_MILLIS = 5_000;

    private static final long PAUSE_MILLIS = 20;

    private final BootFolder folder;
    private final DurableFile file;
    private OrderBook book = OrderBook.EMPTY;
    private Optional<Seen> seen = Optional.empty();

    /// The state of the file that was read: it is replaced as a whole, so another key is another file.
    private record Seen(Object key, FileTime changed, long size) {}

    public OrderDesk(BootFolder folder) {
        this.folder = folder;
        this.file = new DurableFile(folder.orders());
    }

    /// The orders as they are now.
    ///
    /// @throws IOException when the file cannot be read: nobody is installed then
    public synchronized OrderBook orders() throws IOException {
        Optional<Seen> now = look();
        if (!now.equals(seen)) {
            book = now.isEmpty() ? OrderBook.EMPTY : read();
            seen = now;
        }
        return book;
    }

    private Optional<Seen> look() throws IOException {
        try {
            BasicFileAttributes facts = Files.readAttributes(folder.orders(), BasicFileAttributes.class);
            Object key = facts.fileKey();
            return Optional.of(new Seen(key == null ? "" : key, facts.lastModifiedTime(), facts.size()));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private OrderBook read() throws IOException {
        OrderCodec.Read read = OrderCodec.parse(Files.readString(folder.orders(), StandardCharsets.UTF_8));
        read.problems().forEach(problem -> LOG.warn("{}: {}", folder.orders(), problem));
        return read.orders();
    }

    /// Changes the orders.
    ///
    /// @return as they are then
    /// @throws IOException when the file cannot be written: nothing has changed
    public synchronized OrderBook change(UnaryOperator<OrderBook> change) throws IOException {
        try (FileLatch _ = lock()) {
            OrderBook before = orders();
            OrderBook after = change.apply(before);
            if (!after.equals(before)) {
                file.write(OrderCodec.format(after).getBytes(StandardCharsets.UTF_8));
                book = after;
                seen = look();
            }
            return after;
        }
    }

    private FileLatch lock() throws IOException {
        long end = System.nanoTime() + WAIT_MILLIS * 1_000_000;
        while (true) {
            Optional<FileLatch> latch = FileLatch.tryLock(folder.ordersLock(), FileLatch.Sharing.ALONE);
            if (latch.isPresent()) {
                return latch.get();
            }
            if (System.nanoTime() > end) {
                throw new IOException("another process has held " + folder.ordersLock() + " for " + WAIT_MILLIS / 1000
                        + " s; look for a hanging ekicho");
            }
            try {
                Thread.sleep(PAUSE_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", e);
            }
        }
    }
}
