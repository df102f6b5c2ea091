package org.ekicho.daemon.mirror;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.ekicho.daemon.mirror.folder.MirrorFolder;
import org.ekicho.daemon.supervision.Supervisor;
import org.ekicho.mirror.settings.MirrorSettings;
import org.ekicho.web.server.WebTraffic;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The mirror in the daemon: served when the settings say where, synced in the background when they say how
/// often. Other processes may sync, publish and promote in the same folder meanwhile.
public final class MirrorService implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MirrorService.class);

    private final Supervisor supervisor;
    private final BackgroundSync sync;
    private Optional<Running> running = Optional.empty();

    /// What runs for one state of the settings.
    private record Running(
            MirrorSettings settings, MirrorFolder folder, Optional<ServedMirror> served, MirrorChores chores) {
        boolean isServedAlike(MirrorSettings next) {
            return settings.folder().equals(next.folder())
                    && settings.serve().equals(next.serve())
                    && settings.url().equals(next.url());
        }
    }

    public MirrorService(Supervisor supervisor, BackgroundSync sync) {
        this.supervisor = supervisor;
        this.sync = sync;
    }

    /// Follows these settings; the first time, and after each reload. When the new ones cannot be followed, the
    /// old ones stay in force.
    ///
    /// @param settings empty: there is no mirror
    /// @throws IOException when something cannot be opened: the message says what to do
    public synchronized void apply(Optional<MirrorSettings> settings) throws IOException {
        Optional<MirrorSettings> before = running.map(Running::settings);
        if (settings.equals(before)) {
            refresh();
            return;
        }
        if (settings.isPresent() && running.isPresent() && running.get().isServedAlike(settings.get())) {
            goOn(running.get(), settings.get());
            return;
        }
        close();
        try {
            if (settings.isPresent()) {
                running = Optional.of(start(settings.get()));
            }
        } catch (IOException e) {
            if (before.isPresent()) {
                running = Optional.of(start(before.get()));
            }
            throw e;
        }
    }

    /// The settings that are in force; empty: there is no mirror.
    public synchronized Optional<MirrorSettings> settings() {
        return running.map(Running::settings);
    }

    /// Follows settings that serve the same folder at the same addresses: nobody's download breaks off.
    private void goOn(Running now, MirrorSettings settings) throws IOException {
        MirrorFolder folder = open(settings);
        end(now.chores());
        now.served().ifPresent(served -> served.follow(folder, settings));
        running = Optional.of(new Running(settings, folder, now.served(), startChores(folder, settings)));
        refresh();
    }

    private static MirrorFolder open(MirrorSettings settings) throws IOException {
        MirrorFolder folder = MirrorFolder.open(Path.of(settings.folder()), settings);
        new ClientSide(folder, settings).refresh().forEach(LOG::warn);
        return folder;
    }

    private Running start(MirrorSettings settings) throws IOException {
        MirrorFolder folder = open(settings);
        Optional<ServedMirror> served = settings.serve().isPresent()
                ? Optional.of(
                        new ServedMirror(folder, settings, settings.serve().get(), supervisor))
                : Optional.empty();
        served.ifPresent(mirror -> LOG.info("serves the mirror in {} at {}", folder.root(), mirror.listening()));
        return new Running(settings, folder, served, startChores(folder, settings));
    }

    private MirrorChores startChores(MirrorFolder folder, MirrorSettings settings) {
        MirrorChores chores = new MirrorChores(folder, settings, sync);
        supervisor.start("mirror", chores);
        return chores;
    }

    private void end(MirrorChores chores) {
        supervisor.stop(chores);
        if (!chores.awaitEnd()) {
            LOG.warn("a sync does not end; it goes on until it does, and its repository stays locked");
        }
    }

    private void refresh() throws IOException {
        if (running.isPresent()) {
            new ClientSide(running.get().folder(), running.get().settings())
                    .refresh()
                    .forEach(LOG::warn);
        }
        if (running.flatMap(Running::served).isPresent()) {
            running.flatMap(Running::served).get().refresh();
        }
    }

    /// How it fares; empty: there is no mirror.
    public synchronized Optional<MirrorStatus> status() throws IOException {
        if (running.isEmpty()) {
            return Optional.empty();
        }
        Running now = running.get();
        WebTraffic traffic = now.served().map(ServedMirror::traffic).orElse(WebTraffic.NONE);
        return Optional.of(new MirrorStatus(
                now.folder().root().toString(),
                now.served().map(ServedMirror::listening).orElse(List.of()),
                traffic.requests(),
                traffic.bytes(),
                traffic.connections(),
                traffic.refused().stream()
                        .map(r -> new MirrorStatus.Refused(
                                r.reason().label(), r.reason().sentence(), r.count()))
                        .toList(),
                traffic.linesLost(),
                sync.last(now.folder())));
    }

    @Override
    public synchronized void close() {
        running.ifPresent(now -> {
            end(now.chores());
            now.served().ifPresent(ServedMirror::close);
        });
        running = Optional.empty();
    }
}
