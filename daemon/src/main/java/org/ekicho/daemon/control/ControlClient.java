package org.ekicho.daemon.control;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.ekicho.daemon.json.Json;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// Asks a running daemon.
///
/// @param path its control socket
public record ControlClient(Path path) {
    /// A daemon with as many clients as its table holds answers with less.
    private static final int MAX_REPLY = 64 << 20;

    /// Asks, and reads the answer as JSON.
    ///
    /// @throws IOException if no daemon answers there, or it refuses: the message says what to do
    public JsonNode ask(ControlRequest request) throws IOException {
        if (!Files.exists(path)) {
            throw new IOException("no ekicho is running here: there is no control socket " + path
                    + "; start one with \"ekicho serve\", or name its socket with --control PATH");
        }
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(path));
                InputStream in = Channels.newInputStream(channel);
                OutputStream out = Channels.newOutputStream(channel)) {
            out.write(Json.MAPPER.writeValueAsBytes(request));
            channel.shutdownOutput();
            ControlReply reply = Json.MAPPER.readValue(in.readNBytes(MAX_REPLY), ControlReply.class);
            if (!reply.ok()) {
                throw new IOException(reply.error());
            }
            return reply.body();
        } catch (AccessDeniedException e) {
            throw new IOException("no right to ask on " + path + ": join its group, or use sudo", e);
        } catch (JacksonException e) {
            throw new IOException("what answers on " + path + " is not this version of ekicho", e);
        } catch (java.net.ConnectException e) {
            throw new IOException("nobody answers on " + path + ": the daemon has ended", e);
        }
    }

    /// Asks, and reads the answer as a record.
    ///
    /// @throws IOException as above
    public <T> T ask(ControlRequest request, Class<T> kind) throws IOException {
        try {
            return Json.MAPPER.treeToValue(ask(request), kind);
        } catch (JacksonException e) {
            throw new IOException("what answers on " + path + " is not this version of ekicho", e);
        }
    }
}
