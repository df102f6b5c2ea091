package org.ekicho.daemon.demo;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.SimpleFileServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.ekicho.daemon.mirror.index.IndexProgress;
import org.ekicho.daemon.mirror.index.IndexSettings;
import org.ekicho.daemon.mirror.index.Indexer;
import org.ekicho.mirror.rpmbuild.RpmBuilder;
import org.ekicho.mirror.rpmbuild.RpmEntry;
import org.ekicho.mirror.settings.ClientGeneration;

/// Somebody else's repository of the demo: packages made on the spot, in a folder behind a plain web server.
public final class Works implements AutoCloseable {
    private final Path folder;
    private final HttpServer server;

    /// @param folder where it makes its packages; gone afterwards with whatever it is in
    public Works(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
        server = SimpleFileServer.createFileServer(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                folder.toAbsolutePath(),
                SimpleFileServer.OutputLevel.NONE);
        server.start();
    }

    /// Where it is, with a slash at the end.
    public String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    }

    /// Offers this version of the lamp, beside what it is used with, and describes all of it anew.
    ///
    /// @return how many packages it has
    public int offer(String version) throws IOException {
        List<RpmBuilder> packages = List.of(
                RpmBuilder.of("rail", "1.0", "1").add(RpmEntry.file("/opt/rail/gauge", "1067\n")),
                RpmBuilder.of("whistle", "3.1", "2").requires("rail"),
                RpmBuilder.of("signal-lamp", version, "1")
                        .requires("rail >= 1.0")
                        .add(RpmEntry.file("/opt/signal-lamp/colour", "green " + version + "\n")));
        for (RpmBuilder each : packages) {
            Files.write(folder.resolve(each.fileName()), each.build());
        }
        return new Indexer(IndexSettings.of(folder, ClientGeneration.EL8), Optional.empty(), InstantSource.system())
                .run(IndexProgress.NONE)
                .packages();
    }

    /// Bytes of a package change behind the metadata's back, as on a bad disk or in a half-finished copy.
    public void damage(String version) throws IOException {
        Path lamp = lamp(version);
        byte[] bytes = Files.readAllBytes(lamp);
        bytes[bytes.length - 9] ^= 0x20;
        Files.write(lamp, bytes);
    }

    private Path lamp(String version) {
        return folder.resolve(RpmBuilder.of("signal-lamp", version, "1").fileName());
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
