package org.ekicho.daemon.mirror.index;

import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;
import java.util.zip.CheckedOutputStream;
import org.ekicho.daemon.mirror.index.IndexSettings.Reuse;
import org.ekicho.mirror.MirrorReason;
import org.jspecify.annotations.Nullable;

/// What earlier runs read of each package, so that an unchanged file is not opened again.
///
/// ```text
/// fragments.N   the fragments, appended; never changed
/// cache         which file they are of, where they lie, and a checksum of each; replaced by one rename
/// ```
///
/// An entry counts only while path, size, modification time, change time and inode of the file are the same,
/// which no program can restore after a change, and only for the same settings and the same version of this
/// format. Damage and half-written ends (a run that was killed, a power cut) show in the checksums: then the
/// file is read again. Deleting the folder costs one full run and nothing else.
///
/// Looked up by all workers, kept and committed by the thread of the run.
final class FragmentCache implements Closeable {
    private static final int MAGIC = 0x454b4331; // EKC1
    private static final String INDEX = "cache";
    private static final String INDEX_FRESH = "cache.new";
    private static final String DATA = "fragments.";
    /// Dead bytes are worth a new file when they are more than the living ones and this.
    private static final long COMPACT_BYTES = 32L << 20;
    private static final int KEY_BYTES = 32;

    private final Path folder;
    private final Map<String, Entry> entries;
    private final State state;
    private final @Nullable FileChannel old;
    private final FileChannel data;
    private final long number;
    private final Rest rest;
    private final CRC32C sum = new CRC32C();
    private final DataOutputStream fresh;
    private long end;
    private long live;
    private int kept;

    /// What becomes of the file of fragments.
    private enum Rest {
        APPENDED,
        REWRITTEN
    }

    /// What the last run published.
    ///
    /// @param request digest of everything that was asked of it, hexadecimal
    /// @param repomd  SHA-256 of the repomd.xml that it wrote, hexadecimal
    record State(String request, String repomd) {
        static final State NONE = new State("", "");
    }

    /// What a dry run wants to know.
    static final class Known {
        static final Known NOTHING = new Known(Map.of());

        private final Map<String, Entry> entries;

        private Known(Map<String, Entry> entries) {
            this.entries = entries;
        }

        /// Whether the file is the one that was read.
        boolean knows(FoundPackage found) {
            Entry entry = entries.get(found.path());
            return entry != null && entry.found.equals(found);
        }

        /// How many files of the last run are not there any more.
        int gone(List<FoundPackage> found) {
            int there = 0;
            for (FoundPackage file : found) {
                there += entries.containsKey(file.path()) ? 1 : 0;
            }
            return entries.size() - there;
        }
    }

    private record Entry(
            FoundPackage found,
            long nevraHash,
            long offset,
            List<Integer> ends,
            long crc,
            List<String> remarks,
            Optional<SkippedPackage> skipped) {}

    private record Loaded(Map<String, Entry> entries, State state, long number, long end, long live) {}

    private FragmentCache(Path folder, byte[] key, Loaded loaded, Reuse reuse) throws IOException {
        this.folder = folder;
        this.entries = loaded.entries;
        this.state = loaded.state;
        boolean fresh = reuse == Reuse.NOTHING
                || loaded.entries.isEmpty()
                || loaded.end - loaded.live > Math.max(loaded.live, COMPACT_BYTES);
        this.rest = fresh ? Rest.REWRITTEN : Rest.APPENDED;
        this.number = loaded.number + (fresh ? 1 : 0);
        this.end = fresh ? 0 : loaded.end;
        this.old = loaded.entries.isEmpty() ? null : FileChannel.open(folder.resolve(DATA + loaded.number));
        this.data =
                FileChannel.open(folder.resolve(DATA + number), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        // Behind it lies what a run wrote that was killed.
        data.truncate(end);
        data.position(end);
        this.fresh = new DataOutputStream(new BufferedOutputStream(
                new CheckedOutputStream(Files.newOutputStream(folder.resolve(INDEX_FRESH)), sum), 64 << 10));
        this.fresh.writeInt(MAGIC);
        this.fresh.write(key);
        this.fresh.writeLong(number);
    }

    /// @param folder a folder of its own, which only the holder of the lock uses
    /// @param key    digest of all settings that change fragments
    static FragmentCache open(Path folder, byte[] key, Reuse reuse) throws IOException {
        if (key.length != KEY_BYTES) {
            throw new IllegalArgumentException("a key of " + key.length + " bytes");
        }
        Loaded loaded = load(folder, key);
        return new FragmentCache(
                folder,
                key,
                switch (reuse) {
                    case UNCHANGED_PACKAGES -> loaded;
                    case NOTHING -> new Loaded(Map.of(), State.NONE, loaded.number, 0, 0);
                },
                reuse);
    }

    /// What the cache knows, read without changing anything.
    static Known known(Path folder, byte[] key) throws IOException {
        return new Known(load(folder, key).entries);
    }

    State state() {
        return state;
    }

    /// How many files the last run saw.
    int size() {
        return entries.size();
    }

    /// Whether the file is the one that was read.
    boolean knows(FoundPackage found) {
        Entry entry = entries.get(found.path());
        return entry != null && entry.found.equals(found);
    }

    /// How many files of the last run are not there any more.
    int gone(List<FoundPackage> found) {
        return new Known(entries).gone(found);
    }

    /// How many of the files are known to be no packages.
    int skippedAmong(List<FoundPackage> found) {
        int n = 0;
        for (FoundPackage file : found) {
            Entry entry = entries.get(file.path());
            n += entry != null && entry.skipped.isPresent() && entry.found.equals(file) ? 1 : 0;
        }
        return n;
    }

    /// Files of the last run that are known to be no packages.
    List<SkippedPackage> skipped() {
        return entries.values().stream().flatMap(e -> e.skipped.stream()).toList();
    }

    /// What was read of this file, if it is still the same.
    Optional<Worked> lookup(FoundPackage found) throws IOException {
        Entry entry = entries.get(found.path());
        if (entry == null || old == null || !entry.found.equals(found)) {
            return Optional.empty();
        }
        Worked.Source source = new Worked.Source.Cached(entry.offset);
        if (entry.skipped.isPresent()) {
            return Optional.of(new Worked.Skipped(found, source, entry.skipped.get()));
        }
        int[] ends = entry.ends.stream().mapToInt(Integer::intValue).toArray();
        ByteBuffer bytes = ByteBuffer.allocate(ends[ends.length - 1]);
        while (bytes.hasRemaining()) {
            int n = old.read(bytes, entry.offset + bytes.position());
            if (n < 0) {
                return Optional.empty();
            }
        }
        CRC32C crc = new CRC32C();
        crc.update(bytes.array());
        return crc.getValue() == entry.crc
                ? Optional.of(new Worked.Indexed(
                        found,
                        source,
                        new Fragments(bytes.array(), ends),
                        entry.nevraHash,
                        Optional.empty(),
                        entry.remarks))
                : Optional.empty();
    }

    /// Remembers a result for the next run.
    void keep(Worked worked) throws IOException {
        if (worked.source() instanceof Worked.Source.Read(Worked.Trust trust) && trust == Worked.Trust.FORGET) {
            return;
        }
        kept++;
        FoundPackage found = worked.found();
        fresh.writeUTF(found.path());
        fresh.writeLong(found.size());
        fresh.writeLong(found.mtimeNanos());
        fresh.writeLong(found.ctimeNanos());
        fresh.writeLong(found.inode());
        switch (worked) {
            case Worked.Skipped(FoundPackage _, Worked.Source _, SkippedPackage why) -> {
                fresh.writeUTF(why.reason().name());
                fresh.writeUTF(why.detail().length() > 1000 ? why.detail().substring(0, 1000) : why.detail());
            }
            case Worked.Indexed indexed -> {
                fresh.writeUTF("");
                keepFragments(indexed);
            }
        }
    }

    private void keepFragments(Worked.Indexed indexed) throws IOException {
        byte[] bytes = indexed.fragments().bytes();
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        long offset;
        if (indexed.source() instanceof Worked.Source.Cached(long at) && rest == Rest.APPENDED) {
            offset = at;
        } else {
            offset = end;
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                end += data.write(buffer);
            }
        }
        live += bytes.length;
        fresh.writeLong(indexed.nevraHash());
        fresh.writeLong(offset);
        for (int i = 0; i < Fragments.ORDER.length; i++) {
            fresh.writeInt(indexed.fragments().end(i));
        }
        fresh.writeLong(crc.getValue());
        fresh.writeByte(Math.min(indexed.remarks().size(), Byte.MAX_VALUE));
        for (String remark :
                indexed.remarks().subList(0, Math.min(indexed.remarks().size(), Byte.MAX_VALUE))) {
            fresh.writeUTF(remark.length() > 1000 ? remark.substring(0, 1000) : remark);
        }
    }

    /// Makes what was kept the cache of the next run. Not forced to the disk: after a power cut the checksums
    /// tell.
    void commit(State published) throws IOException {
        fresh.writeUTF("");
        fresh.writeInt(kept);
        fresh.writeLong(end);
        fresh.writeLong(live);
        fresh.writeUTF(published.request);
        fresh.writeUTF(published.repomd);
        fresh.flush();
        fresh.writeLong(sum.getValue());
        fresh.close();
        Files.move(
                folder.resolve(INDEX_FRESH),
                folder.resolve(INDEX),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
        try (var files = Files.newDirectoryStream(folder, DATA + "*")) {
            for (Path file : files) {
                if (!file.getFileName().toString().equals(DATA + number)) {
                    Files.delete(file);
                }
            }
        }
    }

    @Override
    public void close() throws IOException {
        data.close();
        if (old != null) {
            old.close();
        }
        fresh.close();
        Files.deleteIfExists(folder.resolve(INDEX_FRESH));
    }

    private static Loaded load(Path folder, byte[] key) throws IOException {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(folder.resolve(INDEX));
        } catch (NoSuchFileException e) {
            return new Loaded(Map.of(), State.NONE, 0, 0, 0);
        }
        int body = bytes.length - Long.BYTES;
        long number = 0;
        if (body > 0) {
            CRC32C crc = new CRC32C();
            crc.update(bytes, 0, body);
            DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
            if (crc.getValue() == ByteBuffer.wrap(bytes).getLong(body) && in.readInt() == MAGIC) {
                boolean same = Arrays.equals(in.readNBytes(KEY_BYTES), key);
                number = in.readLong();
                if (same) {
                    return entries(in, folder, number);
                }
            }
        }
        return new Loaded(Map.of(), State.NONE, number, 0, 0);
    }

    private static Loaded entries(DataInputStream in, Path folder, long number) throws IOException {
        Map<String, Entry> entries = new HashMap<>();
        for (String path = in.readUTF(); !path.isEmpty(); path = in.readUTF()) {
            FoundPackage found = new FoundPackage(path, in.readLong(), in.readLong(), in.readLong(), in.readLong());
            entries.put(path, entry(in, found));
        }
        in.readInt();
        long end = in.readLong();
        long live = in.readLong();
        State state = new State(in.readUTF(), in.readUTF());
        Path data = folder.resolve(DATA + number);
        return Files.isRegularFile(data) && Files.size(data) >= end
                ? new Loaded(entries, state, number, end, live)
                : new Loaded(Map.of(), State.NONE, number, 0, 0);
    }

    private static Entry entry(DataInputStream in, FoundPackage found) throws IOException {
        String reason = in.readUTF();
        if (!reason.isEmpty()) {
            SkippedPackage why = new SkippedPackage(found.path(), MirrorReason.valueOf(reason), in.readUTF());
            return new Entry(found, 0, 0, List.of(), 0, List.of(), Optional.of(why));
        }
        long nevraHash = in.readLong();
        long offset = in.readLong();
        List<Integer> ends = List.of(in.readInt(), in.readInt(), in.readInt(), in.readInt());
        long crc = in.readLong();
        String[] remarks = new String[in.readByte()];
        for (int i = 0; i < remarks.length; i++) {
            remarks[i] = in.readUTF();
        }
        return new Entry(found, nevraHash, offset, ends, crc, List.of(remarks), Optional.empty());
    }
}
