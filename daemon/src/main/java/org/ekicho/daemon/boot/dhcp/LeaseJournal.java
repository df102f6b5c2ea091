package org.ekicho.daemon.boot.dhcp;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.ekicho.host.files.DurableFile;
import org.ekicho.netboot.lease.LeaseJournalCodec;
import org.ekicho.netboot.lease.LeaseRecord;

/// The leases on disk: a file that grows by a line for each change and is written anew when most of it is
/// old. What [#append] has returned from is on the disk; when it throws, the file is as it was before.
public final class LeaseJournal implements AutoCloseable {
    /// A file of fewer lines is never worth writing anew.
    private static final int FEW_LINES = 10_000;
    /// How many times the records' number the lines may be.
    private static final int MOST_OLD = 4;
    /// Two million lines: more than the largest server writes in a day.
    private static final long MAX_BYTES = 256L << 20;

    /// How bytes get to the disk.
    interface Disk {
        void write(FileChannel channel, ByteBuffer bytes) throws IOException;
    }

    private final Path file;
    private final Disk disk;
    private final LeaseJournalCodec.Journal found;
    private FileChannel channel;
    private long lines;

    private LeaseJournal(Path file, Disk disk, LeaseJournalCodec.Journal found, FileChannel channel) {
        this.file = file;
        this.disk = disk;
        this.found = found;
        this.channel = channel;
        this.lines = found.lines();
    }

    /// Opens the file, or makes it.
    public static LeaseJournal open(Path file) throws IOException {
        return open(file, FileChannel::write);
    }

    static LeaseJournal open(Path file, Disk disk) throws IOException {
        boolean there = Files.exists(file);
        if (there && Files.size(file) > MAX_BYTES) {
            throw new IOException(file + " has more than " + (MAX_BYTES >> 20)
                    + " MiB, which no journal of leases has; move it away to begin a new one");
        }
        LeaseJournalCodec.Journal found = LeaseJournalCodec.decode(there ? Files.readAllBytes(file) : new byte[0]);
        if (!there || found.torn()) new DurableFile(file).write(LeaseJournalCodec.encode(found.records()));
        return new LeaseJournal(file, disk, found, append(file));
    }

    /// What was in it.
    public LeaseJournalCodec.Journal found() {
        return found;
    }

    /// Appends changes and forces them to the disk.
    public void append(List<LeaseRecord> records) throws IOException {
        long before = channel.size();
        ByteBuffer bytes = ByteBuffer.wrap(LeaseJournalCodec.encode(records));
        try {
            while (bytes.hasRemaining()) {
                disk.write(channel, bytes);
            }
            channel.force(false);
        } catch (IOException e) {
            try {
                channel.truncate(before);
            } catch (IOException second) {
                e.addSuppressed(second);
            }
            throw e;
        }
        lines += records.size();
    }

    /// Whether most of it is old, when so many records are in force.
    public boolean isWorthCompacting(int records) {
        return lines > FEW_LINES && lines > (long) MOST_OLD * records;
    }

    /// Writes it anew with these only. After an IOException it is as it was.
    public void compact(List<LeaseRecord> records) throws IOException {
        new DurableFile(file).write(LeaseJournalCodec.encode(records));
        FileChannel old = channel;
        channel = append(file);
        lines = records.size();
        old.close();
    }

    private static FileChannel append(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
