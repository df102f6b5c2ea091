package org.ekicho.daemon.mirror.sync;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.ekicho.host.files.DurableFile;

/// Packages whose signatures were found good, so that they are verified once. It is worth something only for the same
/// keys and policy: with others it begins anew. Safe for many threads.
final class SignedContents {
    private final Path file;
    private final String trust;
    private final Set<String> sha256s = ConcurrentHashMap.newKeySet();
    private volatile boolean changed;

    private SignedContents(Path file, String trust) {
        this.file = file;
        this.trust = trust;
    }

    static SignedContents open(Path cache, Trust trust) throws IOException {
        SignedContents contents = new SignedContents(cache.resolve("signed"), Digests.sha256(trust.words()));
        if (trust.packages().isPresent() && Files.exists(contents.file)) {
            List<String> lines = Files.readAllLines(contents.file, StandardCharsets.ISO_8859_1);
            if (!lines.isEmpty() && lines.getFirst().equals(contents.trust)) {
                contents.sha256s.addAll(lines.subList(1, lines.size()));
            }
        }
        return contents;
    }

    boolean has(String sha256) {
        return sha256s.contains(sha256);
    }

    void add(String sha256) {
        changed |= sha256s.add(sha256);
    }

    void save() throws IOException {
        if (changed) {
            String text = trust + "\n" + String.join("\n", sha256s) + "\n";
            new DurableFile(file).write(text.getBytes(StandardCharsets.ISO_8859_1));
            changed = false;
        }
    }
}
