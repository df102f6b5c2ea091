package org.ekicho.daemon.mirror.folder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.ekicho.host.files.FileLatch;
import org.ekicho.host.files.FileLatch.Sharing;
import org.ekicho.mirror.settings.ChannelName;
import org.ekicho.mirror.settings.RepoId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The locks of the mirror's folder. Whoever changes anything shares the store's lock, so that the garbage collector,
/// which has it alone, never removes what is about to be used. Then come a repository's or a channel's, then the
/// generation's: always in this order. A lock file's text says who had it last.
final class Locks {
    private static final Logger LOG = LoggerFactory.getLogger(Locks.class);

    /// The collector and the recovery at an opening hold the store's lock for as long as it takes to delete files.
    static final Duration PATIENCE = Duration.ofSeconds(60);

    /// Longer than pointers are switched and folders are opened, which uses the store too.
    static final Duration MOMENT = Duration.ofSeconds(2);

    private static final String STORE = "store.lock";
    private static final long POLL_MILLIS = 20;
    private static final int LONGEST_NOTE = 500;

    private final Path folder;

    Locks(Path folder) {
        this.folder = folder;
    }

    void make() throws IOException {
        Files.createDirectories(folder.resolve("repos"));
        Files.createDirectories(folder.resolve("channels"));
    }

    /// A lock that is held, and the store's that goes with it.
    record Held(Optional<FileLatch> store, FileLatch latch) implements RepoLock {
        @Override
        public void close() {
            latch.close();
            store.ifPresent(FileLatch::close);
        }
    }

    /// The lock of a repository.
    Held repo(RepoId repo, String purpose, Duration wait) throws IOException {
        return withStore(folder.resolve("repos/" + repo + ".lock"), "the repository " + repo, purpose, wait);
    }

    Held channel(ChannelName channel, String purpose) throws IOException {
        return withStore(folder.resolve("channels/" + channel + ".lock"), "the channel " + channel, purpose, PATIENCE);
    }

    /// To use contents of the store while nobody removes any.
    FileLatch sharedStore() throws IOException {
        return take(folder.resolve(STORE), Sharing.SHARED, "the mirror's store", PATIENCE);
    }

    /// To remove from the store while nobody uses it.
    ///
    /// @param waiting is told who uses it when that takes longer than a moment
    Held wholeStore(String purpose, Duration wait, Consumer<String> waiting) throws IOException {
        Path file = folder.resolve(STORE);
        Duration moment = wait.compareTo(MOMENT) < 0 ? wait : MOMENT;
        Optional<FileLatch> latch = poll(file, Sharing.ALONE, moment);
        if (latch.isEmpty() && wait.compareTo(moment) > 0) {
            waiting.accept("waits for the mirror's store: " + users());
            latch = poll(file, Sharing.ALONE, wait.minus(moment));
        }
        if (latch.isEmpty()) {
            throw new LockedException("the mirror's store is in use: " + users()
                    + "; try again when it has ended, or wait for it with --wait");
        }
        note(file, purpose);
        return new Held(Optional.empty(), latch.get());
    }

    private String users() throws IOException {
        List<String> holders = holders();
        return holders.isEmpty() ? "a run is publishing" : String.join(", ", holders);
    }

    /// The same if it is to be had at once.
    Optional<FileLatch> tryWholeStore() throws IOException {
        return FileLatch.tryLock(folder.resolve(STORE), Sharing.ALONE);
    }

    FileLatch generation() throws IOException {
        return take(folder.resolve("generation.lock"), Sharing.ALONE, "the mirror's generation", PATIENCE);
    }

    /// Who has which repository or channel now, for people.
    List<String> holders() throws IOException {
        List<String> holders = new ArrayList<>();
        for (String kind : List.of("repos", "channels")) {
            try (Stream<Path> files = Files.list(folder.resolve(kind))) {
                for (Path file : files.sorted().toList()) {
                    Optional<FileLatch> free = FileLatch.tryLock(file, Sharing.SHARED);
                    if (free.isPresent()) {
                        free.get().close();
                    } else {
                        String name = file.getFileName().toString();
                        holders.add(name.substring(0, name.length() - ".lock".length()) + " by " + holder(file));
                    }
                }
            }
        }
        return holders;
    }

    private Held withStore(Path file, String what, String purpose, Duration wait) throws IOException {
        FileLatch store = sharedStore();
        try {
            FileLatch latch = take(file, Sharing.ALONE, what, wait);
            note(file, purpose);
            return new Held(Optional.of(store), latch);
        } catch (IOException e) {
            store.close();
            throw e;
        }
    }

    private static FileLatch take(Path file, Sharing sharing, String what, Duration wait) throws IOException {
        Optional<FileLatch> latch = poll(file, sharing, wait);
        if (latch.isPresent()) {
            return latch.get();
        }
        throw new LockedException(what + " is locked by " + holder(file) + "; try again when it has ended");
    }

    private static Optional<FileLatch> poll(Path file, Sharing sharing, Duration wait) throws IOException {
        long start = System.nanoTime();
        while (true) {
            Optional<FileLatch> latch = FileLatch.tryLock(file, sharing);
            if (latch.isPresent() || System.nanoTime() - start >= wait.toNanos()) {
                return latch;
            }
            try {
                Thread.sleep(POLL_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return Optional.empty();
            }
        }
    }

    /// Says in the lock file who has it. The lock holds without: on a full disk nothing can be written, and that must
    /// not keep the run from freeing room.
    private static void note(Path file, String purpose) {
        String text = "process " + ProcessHandle.current().pid() + " (" + purpose + ") since "
                + Instant.now().truncatedTo(ChronoUnit.SECONDS) + "\n";
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            LOG.debug("{} cannot be written: {}", file, e.toString());
        }
    }

    /// What the lock file says; whoever took it a moment ago has perhaps not yet written.
    private static String holder(Path file) {
        try {
            String text = Files.readString(file).strip();
            return text.isEmpty() || text.length() > LONGEST_NOTE ? "another process" : text;
        } catch (IOException e) {
            return "another process";
        }
    }
}
