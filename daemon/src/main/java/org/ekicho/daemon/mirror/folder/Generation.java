package org.ekicho.daemon.mirror.folder;

import java.io.IOException;
import java.nio.file.Path;
import org.ekicho.host.files.FileLatch;
import org.ekicho.host.files.MappedCounter;

/// The counter that tells servers when to forget what they resolved: odd while a pointer is being replaced, even
/// otherwise. It lies in a file that servers map into their memory, so that they see a change at once and
/// without a system call. A run that was killed in between leaves it odd: then servers remember nothing until the next
/// run makes it even.
final class Generation {
    private final Path file;
    private final Locks locks;

    Generation(Path file, Locks locks) {
        this.file = file;
        this.locks = locks;
    }

    /// What replaces pointers or takes files away.
    @FunctionalInterface
    interface Change {
        void make() throws IOException;
    }

    /// Makes a change of what is served.
    void change(Change change) throws IOException {
        try (FileLatch _ = locks.generation()) {
            MappedCounter counter = MappedCounter.open(file);
            counter.set(counter.value() | 1);
            try {
                change.make();
            } finally {
                counter.set(counter.value() + 1);
            }
        }
    }

    /// The counter now; it only ever grows.
    long value() throws IOException {
        return MappedCounter.open(file).value();
    }

    /// Makes it even when a run left it odd, or makes the file.
    void repair() throws IOException {
        try (FileLatch _ = locks.generation()) {
            MappedCounter counter = MappedCounter.open(file);
            if ((counter.value() & 1) == 1) {
                counter.set(counter.value() + 1);
            }
        }
    }
}
