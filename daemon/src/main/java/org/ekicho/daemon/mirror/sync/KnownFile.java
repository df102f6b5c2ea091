package org.ekicho.daemon.mirror.sync;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.ekicho.daemon.mirror.folder.ContentStore;
import org.ekicho.host.files.DurableFile;
import org.ekicho.mirror.hash.Checksum;
import org.ekicho.mirror.hash.HashType;
import org.ekicho.mirror.sync.KnownContents;

/// Which contents of the store have which checksum of upstream's. A SHA-256 is the name of a content; of the other
/// kinds
/// the file `known` in the repository's cache says it. Safe for many threads.
final class KnownFile implements KnownContents {
    private final Path file;
    private final ContentStore store;
    private final Map<String, String> sha256s = new ConcurrentHashMap<>();
    private volatile boolean changed;

    private KnownFile(Path file, ContentStore store) {
        this.file = file;
        this.store = store;
    }

    static KnownFile open(Path cache, ContentStore store) throws IOException {
        KnownFile known = new KnownFile(cache.resolve("known"), store);
        if (Files.exists(known.file)) {
            for (String line : Files.readAllLines(known.file, StandardCharsets.ISO_8859_1)) {
                int blank = line.indexOf(' ');
                if (blank > 0
                        && Checksum.parse("sha256", line.substring(blank + 1)).isPresent()) {
                    known.sha256s.put(line.substring(0, blank), line.substring(blank + 1));
                }
            }
        }
        return known;
    }

    @Override
    public Optional<String> sha256(Checksum checksum) {
        Optional<String> name = checksum.type() == HashType.SHA256
                ? Optional.of(checksum.hex())
                : Optional.ofNullable(sha256s.get(checksum.toString()));
        return name.filter(store::has);
    }

    void learn(Checksum checksum, String sha256) {
        if (checksum.type() != HashType.SHA256 && sha256s.put(checksum.toString(), sha256) == null) {
            changed = true;
        }
    }

    void save() throws IOException {
        if (!changed) {
            return;
        }
        StringBuilder text = new StringBuilder();
        sha256s.forEach((checksum, sha256) ->
                text.append(checksum).append(' ').append(sha256).append('\n'));
        new DurableFile(file).write(text.toString().getBytes(StandardCharsets.ISO_8859_1));
        changed = false;
    }
}
