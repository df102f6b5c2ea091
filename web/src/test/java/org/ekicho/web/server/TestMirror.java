package org.ekicho.web.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ekicho.host.files.MappedCounter;
import org.ekicho.mirror.settings.ChannelName;
import org.ekicho.mirror.settings.ClientGeneration;
import org.ekicho.mirror.settings.ServeSettings;
import org.ekicho.web.log.AccessLog;

/// A small mirror on disk, and a server of it on the loopback.
final class TestMirror implements AutoCloseable {
    static final String ONE = "20261101T000000Z-00000001";
    static final String TWO = "20261110T000000Z-00000002";

    final Path root;
    final MappedCounter generation;
    final AccessLog log;
    final WebServer server;
    private final Thread writer;
    private final Map<String, Integer> states = new HashMap<>();

    TestMirror(Path root) throws IOException {
        this(
                root,
                new ServeSettings(
                        List.of("127.0.0.1:0"),
                        List.of(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        List.of()));
    }

    TestMirror(Path root, ServeSettings serve) throws IOException {
        this(root, serve, WebPatience.USUAL);
    }

    TestMirror(Path root, ServeSettings serve, WebPatience patience) throws IOException {
        this(root, serve, patience, CLIENTS);
    }

    TestMirror(Path root, ServeSettings serve, WebPatience patience, ClientFiles clients) throws IOException {
        this.root = root;
        for (String folder : List.of("snapshots", "views", "store", "www/keys", "channels")) {
            Files.createDirectories(root.resolve(folder));
        }
        Files.createSymbolicLink(root.resolve("www/snapshots"), Path.of("../snapshots"));
        generation = MappedCounter.open(root.resolve("generation"));
        log = new AccessLog(root.resolve("log/access.log"));
        writer = Thread.ofPlatform().daemon().start(() -> {
            try {
                log.run();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        server = new WebServer(
                new WebSettings(root, serve, Optional.empty()), generation::value, clients, log, patience);
    }

    static final ClientFiles CLIENTS = new ClientFiles() {
        @Override
        public String repoFile(ChannelName channel, Optional<ClientGeneration> kind, String base) {
            return "[" + channel + "]\nbaseurl=" + base + "\nfor="
                    + kind.map(ClientGeneration::word).orElse("") + "\n";
        }

        @Override
        public Optional<String> adoptScript(String base) {
            return Optional.of("#!/bin/sh\n# " + base + "\n");
        }
    };

    int port() {
        return port(server.listening().getFirst());
    }

    int tlsPort() {
        return port(server.listening().getLast());
    }

    private static int port(String address) {
        return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
    }

    /// Writes a file of a snapshot, with a date long ago.
    Path file(String id, String path, byte[] content) throws IOException {
        Path file = root.resolve("snapshots/base/" + id + "/" + path);
        Files.createDirectories(file.getParent());
        Files.write(file, content);
        Files.setLastModifiedTime(file, FileTime.fromMillis(1_700_000_000_000L));
        return file;
    }

    Path file(String id, String path, String content) throws IOException {
        return file(id, path, content.getBytes(StandardCharsets.UTF_8));
    }

    /// Points `latest` to a snapshot, as the mirror's folder does it.
    void point(String id) throws IOException {
        Integer state = states.get(id);
        if (state == null) {
            state = states.size() + 1;
            states.put(id, state);
            Path channel = root.resolve("channels/latest/" + state);
            Files.createDirectories(channel);
            Files.createSymbolicLink(channel.resolve("base"), Path.of("../../../snapshots/base/" + id));
        }
        Path fresh = root.resolve("www/.latest.new");
        Files.createSymbolicLink(fresh, Path.of("../channels/latest/" + state));
        generation.set(generation.value() | 1);
        Files.move(
                fresh, root.resolve("www/latest"), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        generation.set(generation.value() + 1);
    }

    /// What is in the access log when all is written.
    List<String> logged() throws IOException {
        close();
        return Files.readAllLines(root.resolve("log/access.log"));
    }

    @Override
    public void close() {
        server.close();
        log.stop();
        try {
            writer.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
