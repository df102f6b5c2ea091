package org.ekicho.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.ekicho.daemon.mirror.ClientSide;
import org.ekicho.daemon.mirror.ServedMirror;
import org.ekicho.daemon.mirror.folder.MirrorFolder;
import org.ekicho.daemon.supervision.Supervisor;
import org.ekicho.mirror.settings.MirrorSettings;
import org.ekicho.mirror.settings.ServeSettings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `ekicho mirror serve`: serves a mirror's folder without the rest of the daemon.
@Command(
        name = "serve",
        description = "Serve the mirror over HTTP until interrupted, without the rest of the daemon.",
        footer = {"", "In the daemon (\"ekicho serve\") the section [mirror.serve] does the same."})
final class MirrorServeCommand extends Printing implements Callable<Integer> {
    private static final String DEFAULT_LISTEN = "0.0.0.0:8080";

    @Mixin
    private MirrorOption mirror = new MirrorOption();

    @Mixin
    private OutputOption output = new OutputOption();

    @Option(
            names = "--listen",
            paramLabel = "ADDRESS:PORT",
            description =
                    "Where to listen, may be repeated (default: as [mirror.serve] says, else " + DEFAULT_LISTEN + ").")
    private List<String> listen = new ArrayList<>();

    @Option(names = "--tls-listen", paramLabel = "ADDRESS:PORT", description = "The same with TLS.")
    private List<String> tlsListen = new ArrayList<>();

    @Option(names = "--tls-cert", paramLabel = "FILE", description = "PEM file of the certificate chain.")
    private @Nullable String tlsCert;

    @Option(names = "--tls-key", paramLabel = "FILE", description = "PEM file of its key.")
    private @Nullable String tlsKey;

    @Option(
            names = "--access-log",
            paramLabel = "FILE",
            description = "The access log (default: log/access.log in the mirror's folder).")
    private @Nullable String accessLog;

    /// Where it is served.
    record Serving(String folder, List<String> listening) {}

    @Override
    public Integer call() throws IOException, InterruptedException {
        MirrorSettings settings = mirror.settings();
        MirrorFolder folder = MirrorFolder.open(Path.of(settings.folder()), settings);
        new ClientSide(folder, settings).refresh().forEach(screen::problem);
        try (Supervisor supervisor = new Supervisor();
                ServedMirror served = new ServedMirror(folder, settings, serve(settings.serve()), supervisor)) {
            Serving serving = new Serving(folder.root().toString(), served.listening());
            if (output.isJson()) {
                screen.json(serving);
            } else {
                serving.listening().forEach(address -> screen.line("serves " + serving.folder() + " at " + address));
            }
            screen.out().flush();
            CountDownLatch ended = new CountDownLatch(1);
            Thread main = Thread.currentThread();
            Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("end").unstarted(() -> {
                ended.countDown();
                try {
                    // Until the last lines of the access log are written.
                    main.join(3_000);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }));
            ended.await();
        }
        return Exit.GOOD;
    }

    private ServeSettings serve(Optional<ServeSettings> said) {
        List<String> plain = listen.isEmpty() ? said.map(ServeSettings::listen).orElse(List.of()) : listen;
        List<String> tls =
                tlsListen.isEmpty() ? said.map(ServeSettings::tlsListen).orElse(List.of()) : tlsListen;
        return new ServeSettings(
                plain.isEmpty() && tls.isEmpty() ? List.of(DEFAULT_LISTEN) : plain,
                tls,
                Optional.ofNullable(tlsCert).or(() -> said.flatMap(ServeSettings::tlsCert)),
                Optional.ofNullable(tlsKey).or(() -> said.flatMap(ServeSettings::tlsKey)),
                Optional.ofNullable(accessLog).or(() -> said.flatMap(ServeSettings::accessLog)),
                said.map(ServeSettings::siblings).orElse(List.of()));
    }
}
