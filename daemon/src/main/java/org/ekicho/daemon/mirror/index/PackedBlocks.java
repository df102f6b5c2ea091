package org.ekicho.daemon.mirror.index;

import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.ekicho.daemon.mirror.index.IndexSettings.Reuse;

/// Where the packed blocks of the metadata lie that the last run published, by what they open to, so that the packages
/// that stay are not packed again.
///
/// The bytes themselves are those of the published files; `blocks` says only where each begins, with a checksum, and is
/// replaced by one rename. A file that was deleted, changed or damaged costs the packing and nothing else.
///
/// Asked by all lanes at once.
final class PackedBlocks implements Closeable {
    private static final int MAGIC = 0x454b4231; // EKB1
    private static final String FILE = "blocks";
    private static final String FRESH = "blocks.new";

    private final Map<Key, Place> places;
    private final List<FileChannel> files;

    private PackedBlocks(Map<Key, Place> places, List<FileChannel> files) {
        this.places = places;
        this.files = files;
    }

    /// SHA-256 of the open content.
    record Key(long a, long b, long c, long d) {
        static Key of(byte[] digest) {
            ByteBuffer words = ByteBuffer.wrap(digest);
            return new Key(words.getLong(), words.getLong(), words.getLong(), words.getLong());
        }
    }

    /// One block of a file.
    ///
    /// @param open   how many bytes it opens to
    /// @param offset of its packed bytes in the file
    /// @param length of its packed bytes
    /// @param crc    CRC-32C of the packed bytes
    record Block(Key key, int open, long offset, int length, int crc) {}

    private record Place(FileChannel file, Block block) {}

    /// Knows nothing.
    static PackedBlocks none() {
        return new PackedBlocks(Map.of(), List.of());
    }

    /// @param state  the folder of the cache
    /// @param folder where the published files lie; they stay open, so that they may be deleted meanwhile
    static PackedBlocks open(Path state, RepodataFolder folder, Reuse reuse) throws IOException {
        PackedBlocks opened = new PackedBlocks(new HashMap<>(), new ArrayList<>());
        if (reuse == Reuse.UNCHANGED_PACKAGES) {
            try {
                opened.load(state.resolve(FILE), folder);
            } catch (IOException | RuntimeException e) {
                opened.close();
                throw e;
            }
        }
        return opened;
    }

    private void load(Path from, RepodataFolder folder) throws IOException {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(from);
        } catch (NoSuchFileException e) {
            return;
        }
        int body = bytes.length - Integer.BYTES;
        if (body < Integer.BYTES || ByteBuffer.wrap(bytes).getInt(body) != crc(bytes, body)) {
            return;
        }
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes, 0, body));
        if (in.readInt() != MAGIC) {
            return;
        }
        for (int left = in.readInt(); left > 0; left--) {
            file(in, folder);
        }
    }

    private void file(DataInputStream in, RepodataFolder folder) throws IOException {
        Path path = folder.file(in.readUTF());
        int blocks = in.readInt();
        Optional<FileChannel> file = Optional.empty();
        if (Files.isRegularFile(path)) {
            FileChannel channel = FileChannel.open(path);
            files.add(channel);
            file = Optional.of(channel);
        }
        for (int i = 0; i < blocks; i++) {
            Block block = new Block(
                    new Key(in.readLong(), in.readLong(), in.readLong(), in.readLong()),
                    in.readInt(),
                    in.readLong(),
                    in.readInt(),
                    in.readInt());
            file.ifPresent(channel -> places.put(block.key, new Place(channel, block)));
        }
    }

    /// The packed bytes of this content, if they are still there.
    Optional<byte[]> packed(Key key) throws IOException {
        Place place = places.get(key);
        if (place == null) {
            return Optional.empty();
        }
        ByteBuffer bytes = ByteBuffer.allocate(place.block.length);
        while (bytes.hasRemaining()) {
            if (place.file.read(bytes, place.block.offset + bytes.position()) < 0) {
                return Optional.empty();
            }
        }
        return crc(bytes.array(), bytes.capacity()) == place.block.crc ? Optional.of(bytes.array()) : Optional.empty();
    }

    /// Remembers what was published, for the next run. Not forced to the disk: after a power cut the checksum tells.
    ///
    /// @param published blocks by the location of their file
    static void commit(Path state, Map<String, List<Block>> published) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(64 << 10);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(MAGIC);
            out.writeInt(published.size());
            for (Map.Entry<String, List<Block>> file : published.entrySet()) {
                out.writeUTF(file.getKey());
                out.writeInt(file.getValue().size());
                for (Block block : file.getValue()) {
                    out.writeLong(block.key.a);
                    out.writeLong(block.key.b);
                    out.writeLong(block.key.c);
                    out.writeLong(block.key.d);
                    out.writeInt(block.open);
                    out.writeLong(block.offset);
                    out.writeInt(block.length);
                    out.writeInt(block.crc);
                }
            }
            out.writeInt(crc(bytes.toByteArray(), bytes.size()));
        }
        Path fresh = state.resolve(FRESH);
        try (BufferedOutputStream out = new BufferedOutputStream(Files.newOutputStream(fresh))) {
            bytes.writeTo(out);
        }
        Files.move(fresh, state.resolve(FILE), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static int crc(byte[] bytes, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }

    @Override
    public void close() throws IOException {
        for (FileChannel file : files) {
            file.close();
        }
    }
}
