package org.ekicho.daemon.mirror;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.ekicho.daemon.mirror.folder.MirrorFolder;
import org.ekicho.daemon.supervision.Supervisor;
import org.ekicho.host.files.MappedCounter;
import org.ekicho.mirror.settings.MirrorSettings;
import org.ekicho.mirror.settings.ServeSettings;
import org.ekicho.mirror.snapshot.MirrorLayout;
import org.ekicho.web.log.AccessLog;
import org.ekicho.web.server.WebServer;
import org.ekicho.web.server.WebSettings;
import org.ekicho.web.server.WebTraffic;

/// The mirror's web server, the thread that writes its access log, and the one that looks for a renewed certificate.
public final class ServedMirror implements AutoCloseable {
    /// A renewed certificate is used within this time.
    private static final Duration LOOK_EVERY = Duration.ofSeconds(10);

    private final Supervisor supervisor;
    private final AccessLog log;
    private final LogWriting writing;
    private final WebServer server;
    private final SiteClientFiles clients;
    private final CertificateLook look;

    /// Opens all of it.
    ///
    /// @throws IOException when something cannot be opened: the message says what to do
    public ServedMirror(MirrorFolder folder, MirrorSettings settings, ServeSettings serve, Supervisor supervisor)
            throws IOException {
        this.supervisor = supervisor;
        log = new AccessLog(
                serve.accessLog().map(Path::of).orElseGet(() -> folder.root().resolve(MirrorLayout.ACCESS_LOG)));
        log.open();
        writing = new LogWriting(log);
        clients = new SiteClientFiles(new ClientSide(folder, settings));
        MappedCounter generation = MappedCounter.open(folder.root().resolve(MirrorLayout.GENERATION));
        server = new WebServer(new WebSettings(folder.root(), serve, settings.url()), generation::value, clients, log);
        supervisor.start("access log", writing);
        look = new CertificateLook(server::reloadTls, LOOK_EVERY);
        supervisor.start("certificate", look);
    }

    /// Gives clients files as these settings say; where it listens stays.
    void follow(MirrorFolder folder, MirrorSettings settings) {
        clients.follow(new ClientSide(folder, settings));
    }

    public WebServer server() {
        return server;
    }

    /// Addresses at which it is served.
    public List<String> listening() {
        return server.listening();
    }

    public WebTraffic traffic() {
        return server.traffic();
    }

    /// Opens the access log anew and looks at the certificate: what SIGHUP asks for.
    public void refresh() throws IOException {
        log.reopen();
        if (server.reloadTls()) {
            CertificateLook.sayRenewed();
        }
    }

    @Override
    public void close() {
        supervisor.stop(look);
        server.close();
        supervisor.stop(writing);
    }

    /// Writes the access log.
    private record LogWriting(AccessLog log) implements Supervisor.Job {
        @Override
        public void run() throws InterruptedException {
            log.run();
        }

        @Override
        public void stop() {
            log.stop();
        }
    }
}
