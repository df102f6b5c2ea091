package org.ekicho.web.files;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/// Small files that never change, by their real path, up to a number of bytes.
final class ContentMemory {
    /// What an entry costs beside its bytes.
    private static final long ENTRY_BYTES = 500;

    private final Map<Path, Content> kept = new ConcurrentHashMap<>();
    private final AtomicLong bytes = new AtomicLong();
    private final long limit;

    ContentMemory(long limit) {
        this.limit = limit;
    }

    /// What lies at a path whose bytes never change.
    Content of(Path real) throws IOException {
        Content known = kept.get(real);
        if (known != null) {
            return known;
        }
        Content fresh = read(real, Content.Lifetime.FOR_EVER);
        long cost = ENTRY_BYTES + (fresh.bytes() == null ? 0 : fresh.size());
        if (bytes.addAndGet(cost) > limit) {
            kept.clear();
            bytes.set(cost);
        }
        kept.put(real, fresh);
        return fresh;
    }

    /// Bytes kept now.
    long bytes() {
        return bytes.get();
    }

    /// Reads the facts of a file, and the bytes of a small one that never changes.
    static Content read(Path real, Content.Lifetime lifetime) throws IOException {
        Map<String, Object> facts =
                Files.readAttributes(real, "unix:ino,size,lastModifiedTime,creationTime", LinkOption.NOFOLLOW_LINKS);
        long size = fact(facts, "size", Long.class);
        FileTime modified = fact(facts, "lastModifiedTime", FileTime.class);
        FileTime born = fact(facts, "creationTime", FileTime.class);
        String etag = "\"" + Long.toHexString(fact(facts, "ino", Long.class)) + "-"
                + Long.toHexString(born.to(TimeUnit.NANOSECONDS)) + "-" + Long.toHexString(size) + "-"
                + Long.toHexString(modified.to(TimeUnit.NANOSECONDS)) + "\"";
        return new Content(
                real,
                size,
                modified.to(TimeUnit.SECONDS),
                etag,
                lifetime,
                lifetime == Content.Lifetime.FOR_EVER && size <= ServedFolder.MAX_KEPT_FILE
                        ? Buffer.buffer(Files.readAllBytes(real))
                        : null);
    }

    private static <T> T fact(Map<String, Object> facts, String name, Class<T> type) {
        return type.cast(Objects.requireNonNull(facts.get(name), name));
    }
}
