package org.ekicho.web.server;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.ekicho.web.files.Content;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The files that one event loop sends from. A file that never changes stays open for the next request, so that a
/// package which a hundred machines fetch in the same minute is opened once; others are opened for one answer.
final class OpenFiles {
    private static final Logger LOG = LoggerFactory.getLogger(OpenFiles.class);
    private static final Set<OpenOption> READ = Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
    /// Files kept open without a use: the packages of one update, for each loop.
    static final int MAX_IDLE = 128;
    /// How long a file stays open without a use: what garbage collection removed gives its room back then.
    static final long IDLE_NANOS = 5_000_000_000L;

    /// In order of use, the longest unused first.
    private final Map<Path, Shared> kept = new LinkedHashMap<>(16, 0.75f, true);

    /// An open file, and how many answers are being sent from it.
    final class Shared {
        private final Path real;
        private final FileChannel channel;
        private int uses;
        private long unusedSince;

        private Shared(Path real, FileChannel channel) {
            this.real = real;
            this.channel = channel;
        }

        FileChannel channel() {
            return channel;
        }

        /// An answer needs it no longer.
        void release(long nowNanos) {
            uses--;
            unusedSince = nowNanos;
            if (uses == 0 && kept.get(real) != this) {
                OpenFiles.close(channel);
            }
        }
    }

    /// Opens a file, or gives the one that is open; to be released after use.
    ///
    /// @throws IOException when it is not there any more
    Shared use(Content content) throws IOException {
        Path real = content.real();
        Shared known = kept.get(real);
        if (known == null) {
            // A link put there meanwhile is not followed.
            known = new Shared(real, FileChannel.open(real, READ));
            if (content.neverChanges()) {
                kept.put(real, known);
                makeRoom();
            }
        }
        known.uses++;
        return known;
    }

    private void makeRoom() {
        Iterator<Shared> oldest = kept.values().iterator();
        for (int surplus = kept.size() - MAX_IDLE; surplus > 0; surplus--) {
            Shared file = oldest.next();
            oldest.remove();
            if (file.uses == 0) {
                close(file.channel);
            }
        }
    }

    /// Closes what was not used for a while.
    void sweep(long nowNanos) {
        kept.values().removeIf(file -> {
            boolean old = file.uses == 0 && nowNanos - file.unusedSince > IDLE_NANOS;
            if (old) {
                close(file.channel);
            }
            return old;
        });
    }

    /// Files open now for the next request.
    int size() {
        return kept.size();
    }

    private static void close(FileChannel file) {
        try {
            file.close();
        } catch (IOException e) {
            LOG.debug("closing a file that was only read", e);
        }
    }
}
