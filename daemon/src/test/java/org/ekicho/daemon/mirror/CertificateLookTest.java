package org.ekicho.daemon.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.ekicho.daemon.mirror.folder.MirrorFolder;
import org.ekicho.daemon.supervision.Supervisor;
import org.ekicho.mirror.settings.MirrorSettings;
import org.ekicho.mirror.settings.ServeSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificateLookTest {
    private static final long PATIENCE_SECONDS = 20;

    @TempDir
    Path root;

    @Test
    void looks_on_after_files_that_could_not_be_used() throws Exception {
        AtomicInteger looks = new AtomicInteger();
        Semaphore done = new Semaphore(0);
        try (Supervisor supervisor = new Supervisor()) {
            supervisor.start(
                    "certificate",
                    new CertificateLook(
                            () -> {
                                done.release();
                                if (looks.incrementAndGet() < 3) {
                                    throw new IOException("half a file");
                                }
                                return true;
                            },
                            Duration.ofMillis(1)));
            assertThat(done.tryAcquire(5, PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(supervisor.states().getFirst().restarts()).isZero();
        }
    }

    @Test
    void a_mirror_that_is_served_by_itself_looks_too() throws Exception {
        ServeSettings serve = new ServeSettings(
                List.of("127.0.0.1:0"), List.of(), Optional.empty(), Optional.empty(), Optional.empty(), List.of());
        MirrorSettings settings = MirrorSettings.of(root.toString(), List.of());
        MirrorFolder folder = MirrorFolder.open(root, settings);
        try (Supervisor supervisor = new Supervisor();
                ServedMirror served = new ServedMirror(folder, settings, serve, supervisor)) {
            assertThat(served.listening()).hasSize(1);
            assertThat(supervisor.states())
                    .extracting(Supervisor.JobState::name)
                    .contains("certificate");
        }
    }
}
