package org.ekicho.daemon.control;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.Semaphore;
import org.ekicho.daemon.json.Json;
import org.ekicho.daemon.supervision.Supervisor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// Answers the command line on a Unix-domain socket: one JSON record asks, one answers, then the connection ends. Who
/// may write to the socket's file (mode 0660) may ask.
public final class ControlService implements Supervisor.Job {
    private static final Logger LOG = LoggerFactory.getLogger(ControlService.class);
    /// A question has some fifty bytes.
    private static final int MAX_REQUEST = 4_096;
    /// Connections served at once; more wait in the kernel's queue.
    private static final int CONNECTIONS = 16;

    private final Path path;
    private final Desk desk;
    private final Semaphore room = new Semaphore(CONNECTIONS);
    private volatile @Nullable ServerSocketChannel listening;
    private volatile boolean stopped;

    /// Who knows the answers.
    public interface Desk {
        /// The record that the question asks for.
        ///
        /// @throws IOException if there is no answer: the message says why
        Object answer(ControlRequest request) throws IOException;
    }

    /// @throws IOException if the socket cannot be opened, or another daemon answers on it
    public ControlService(Path path, Desk desk) throws IOException {
        this.path = path;
        this.desk = desk;
        this.listening = open();
    }

    private ServerSocketChannel open() throws IOException {
        Path folder = path.toAbsolutePath().getParent();
        if (folder != null && !Files.isDirectory(folder)) {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-x---")));
        }
        if (Files.exists(path)) {
            if (isAnswered()) {
                throw new IOException("another ekicho already answers on " + path
                        + "; stop it, or choose another socket with --control PATH");
            }
            if (!Files.readAttributes(path, BasicFileAttributes.class).isOther()) {
                throw new IOException(path + " is not a socket; choose another with --control PATH");
            }
            Files.delete(path);
        }
        ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.bind(UnixDomainSocketAddress.of(path));
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-rw----"));
            return channel;
        } catch (IOException e) {
            channel.close();
            throw new IOException(
                    "cannot listen on the control socket " + path + ": " + e.getMessage()
                            + "; choose another with --control PATH",
                    e);
        }
    }

    private boolean isAnswered() {
        try (SocketChannel probe = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
            return probe.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void run() throws IOException, InterruptedException {
        ServerSocketChannel channel = listening;
        if (channel == null) {
            channel = open();
            listening = channel;
        }
        try {
            while (!stopped) {
                SocketChannel connection = channel.accept();
                room.acquire();
                Thread.ofVirtual().name("control").start(() -> serve(connection));
            }
        } catch (ClosedChannelException e) {
            if (!stopped) {
                throw e;
            }
        } finally {
            listening = null;
            channel.close();
            Files.deleteIfExists(path);
        }
    }

    private void serve(SocketChannel connection) {
        try (connection;
                InputStream in = Channels.newInputStream(connection);
                OutputStream out = Channels.newOutputStream(connection)) {
            Json.MAPPER.writeValue(out, reply(in.readNBytes(MAX_REQUEST)));
        } catch (IOException | JacksonException e) {
            LOG.debug("a control connection ended early", e);
        } finally {
            room.release();
        }
    }

    private ControlReply reply(byte[] request) {
        try {
            Object body = desk.answer(Json.MAPPER.readValue(request, ControlRequest.class));
            return new ControlReply(true, "", Json.MAPPER.valueToTree(body));
        } catch (JacksonException e) {
            return refusal("the question is not one that this version knows");
        } catch (IOException e) {
            return refusal(e.getMessage() == null ? e.toString() : e.getMessage());
        }
    }

    private static ControlReply refusal(String why) {
        JsonNode nothing = Json.MAPPER.getNodeFactory().nullNode();
        return new ControlReply(false, why, nothing);
    }

    public Path path() {
        return path;
    }

    @Override
    public void stop() {
        stopped = true;
        ServerSocketChannel channel = listening;
        if (channel != null) {
            try {
                channel.close();
                // Here too: a service that is ended before its thread begins never runs.
                Files.deleteIfExists(path);
            } catch (IOException e) {
                LOG.debug("closing the control socket", e);
            }
        }
    }
}
