package org.ekicho.web.server;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/// A connection to a server on the loopback. No read waits longer than [#PATIENCE_MILLIS].
final class Line implements AutoCloseable {
    static final int PATIENCE_MILLIS = 20_000;

    private final Socket socket;
    private final InputStream in;

    Line(int port) throws IOException {
        this(new Socket(InetAddress.getLoopbackAddress(), port));
    }

    Line(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(PATIENCE_MILLIS);
        in = new BufferedInputStream(socket.getInputStream());
    }

    /// Asks, and reads the whole answer.
    Answer get(String path, String... headers) throws IOException {
        ask("GET " + path + " HTTP/1.1", headers);
        return Answer.read(in, false);
    }

    /// Asks, and reads nothing.
    void ask(String line, String... headers) throws IOException {
        StringBuilder head = new StringBuilder(line).append("\r\nHost: mirror.lan\r\n");
        for (String header : headers) {
            head.append(header).append("\r\n");
        }
        send(head.append("\r\n").toString());
    }

    /// Sends a text as it is.
    void send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
    }

    InputStream in() {
        return in;
    }

    Socket socket() {
        return socket;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
