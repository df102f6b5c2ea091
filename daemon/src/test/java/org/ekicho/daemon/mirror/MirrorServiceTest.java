package org.ekicho.daemon.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.ekicho.daemon.mirror.folder.MirrorFolder;
import org.ekicho.daemon.supervision.Supervisor;
import org.ekicho.mirror.settings.MirrorSettings;
import org.ekicho.mirror.settings.ServeSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MirrorServiceTest {
    private static final int PATIENCE_SECONDS = 30;

    @TempDir
    private Path root;

    private final Supervisor supervisor = new Supervisor();
    private final MirrorService service = new MirrorService(supervisor, BackgroundSync.NONE);

    @AfterEach
    void end() {
        service.close();
        supervisor.close();
    }

    private MirrorSettings settings(String listen, int keep, Optional<Duration> syncEvery) {
        ServeSettings serve = new ServeSettings(
                List.of(listen), List.of(), Optional.empty(), Optional.empty(), Optional.empty(), List.of());
        return new MirrorSettings(
                root.toString(),
                Optional.empty(),
                List.of(),
                Optional.of(serve),
                syncEvery,
                MirrorSettings.DEFAULT_GRACE,
                keep,
                1,
                OptionalLong.empty());
    }

    private Optional<MirrorSettings> listening(String address) {
        return Optional.of(settings(address, 3, Optional.empty()));
    }

    private String address() throws IOException {
        return service.status().orElseThrow().listening().getFirst();
    }

    private static int status(String address) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) URI.create(address).toURL().openConnection();
        connection.setReadTimeout(PATIENCE_SECONDS * 1000);
        try {
            return connection.getResponseCode();
        } finally {
            connection.disconnect();
        }
    }

    @Test
    void serves_where_the_settings_say_and_tells_how_it_fares() throws IOException {
        assertThat(service.status()).isEmpty();
        service.apply(listening("127.0.0.1:0"));
        assertThat(status(address() + "/")).isEqualTo(200);
        assertThat(status(address() + "/nothing")).isEqualTo(404);
        MirrorStatus status = service.status().orElseThrow();
        assertThat(status.folder()).isEqualTo(root.toString());
        assertThat(status.refused()).extracting(MirrorStatus.Refused::reason).containsExactly("not-there");
        service.apply(Optional.empty());
        assertThat(service.status()).isEmpty();
    }

    @Test
    void goes_on_serving_when_something_else_changed() throws IOException {
        service.apply(listening("127.0.0.1:0"));
        String before = address();
        service.apply(Optional.of(settings("127.0.0.1:0", 5, Optional.of(Duration.ofHours(6)))));
        assertThat(address()).as("a new server would have another port").isEqualTo(before);
        assertThat(status(before + "/")).isEqualTo(200);
        assertThat(service.settings().orElseThrow().keep()).isEqualTo(5);
        assertThat(supervisor.states().stream().filter(job -> job.name().equals("mirror")))
                .hasSize(1);
    }

    @Test
    void stays_with_the_old_settings_when_the_new_ones_cannot_be_followed() throws IOException {
        service.apply(listening("127.0.0.1:0"));
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            assertThatThrownBy(() -> service.apply(listening("127.0.0.1:" + taken.getLocalPort())))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("cannot listen");
        }
        assertThat(service.settings()).isEqualTo(listening("127.0.0.1:0"));
        assertThat(status(address() + "/")).isEqualTo(200);
    }

    private MirrorChores chores(BackgroundSync sync, Duration every, AtomicReference<Instant> clock)
            throws IOException {
        MirrorSettings settings = settings("127.0.0.1:0", 1, Optional.of(every));
        return new MirrorChores(MirrorFolder.open(root, settings), settings, sync, clock::get, Duration.ofMillis(5));
    }

    private static AtomicReference<Instant> at(LocalTime time) {
        return new AtomicReference<>(Instant.parse("2026-11-27T12:00:00Z")
                .atZone(ZoneId.systemDefault())
                .with(time)
                .toInstant());
    }

    /// A sync of which each test says what it does.
    private interface Syncing extends BackgroundSync {
        void sync() throws IOException, InterruptedException;

        @Override
        default List<LastSync> run(MirrorFolder folder) throws IOException, InterruptedException {
            sync();
            return List.of();
        }

        @Override
        default List<LastSync> last(MirrorFolder folder) {
            return List.of();
        }
    }

    @Test
    void syncs_again_and_again_also_after_one_that_failed() throws Exception {
        Semaphore runs = new Semaphore(0);
        Syncing sync = () -> {
            runs.release();
            throw new IOException("the upstream is gone");
        };
        MirrorChores chores = chores(sync, Duration.ofMillis(20), at(LocalTime.NOON));
        supervisor.start("mirror", chores);
        assertThat(runs.tryAcquire(3, PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        supervisor.stop(chores);
        assertThat(chores.awaitEnd()).isTrue();
    }

    @Test
    void breaks_off_a_running_sync_when_it_is_stopped() throws Exception {
        CountDownLatch syncing = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        Syncing sync = () -> {
            syncing.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.countDown();
                throw e;
            }
        };
        MirrorChores chores = chores(sync, Duration.ofHours(1), at(LocalTime.NOON));
        supervisor.start("mirror", chores);
        assertThat(syncing.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        supervisor.stop(chores);
        assertThat(interrupted.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(chores.awaitEnd()).isTrue();
    }

    @Test
    void collects_garbage_at_night() throws Exception {
        AtomicReference<Instant> clock = at(LocalTime.of(3, 39));
        Semaphore looks = new Semaphore(0);
        Syncing sync = looks::release;
        MirrorChores chores = chores(sync, Duration.ofMillis(5), clock);
        Path nobodys = root.resolve("store/3f/3f" + "0".repeat(62));
        Files.createDirectories(nobodys.resolveSibling(""));
        Files.writeString(nobodys, "no snapshot has this");
        supervisor.start("mirror", chores);
        assertThat(looks.tryAcquire(3, PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(nobodys).exists();
        clock.set(clock.get().plus(Duration.ofMinutes(2)));
        for (int i = 0; i < PATIENCE_SECONDS * 100 && Files.exists(nobodys); i++) {
            Thread.sleep(10);
        }
        assertThat(nobodys).doesNotExist();
        supervisor.stop(chores);
    }
}
