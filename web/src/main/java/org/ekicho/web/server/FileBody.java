package org.ekicho.web.server;

import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.internal.buffer.BufferInternal;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/// Sends parts of a file piece by piece, no faster than the client takes them: bodies of several parts, and all
/// bodies of HTTP/2. Runs on the connection's event loop.
final class FileBody {
    /// Bytes read and written at once.
    private static final int PIECE = 65_536;

    private final Exchange exchange;
    private final HttpServerResponse response;
    private final OpenFiles.Shared file;
    private final List<Segment> segments;
    private int current;
    private long within;
    private long sent;
    private boolean ended;

    /// A part of a body.
    sealed interface Segment {
        /// Bytes of our own.
        record Own(Buffer bytes) implements Segment {}

        /// Bytes of the file.
        record OfFile(long from, long length) implements Segment {}
    }

    FileBody(Exchange exchange, OpenFiles.Shared file, List<Segment> segments) {
        this.exchange = exchange;
        this.response = exchange.response();
        this.file = file;
        this.segments = segments;
    }

    /// Sends until the client's buffers are full, and again when there is room.
    void send() {
        response.exceptionHandler(e -> finish());
        response.closeHandler(v -> finish());
        response.drainHandler(v -> pump());
        pump();
    }

    private void pump() {
        try {
            while (!ended && current < segments.size()) {
                if (response.writeQueueFull()) {
                    return;
                }
                step(segments.get(current));
            }
            if (!ended) {
                response.end();
                finish();
            }
        } catch (IOException | IllegalStateException e) {
            // The file cannot be read on: the client sees the connection break, and asks again.
            if (e instanceof IOException io) {
                exchange.unreadable(io);
            }
            finish();
            exchange.request().connection().close();
        }
    }

    private void step(Segment segment) throws IOException {
        switch (segment) {
            case Segment.Own(Buffer bytes) -> {
                write(bytes);
                current++;
            }
            case Segment.OfFile(long from, long length) -> {
                int wanted = (int) Math.min(PIECE, length - within);
                ByteBuffer piece = ByteBuffer.allocate(wanted);
                int read = file.channel().read(piece, from + within);
                if (read <= 0) {
                    throw new IOException("the file ended early");
                }
                within += read;
                write(BufferInternal.buffer(Unpooled.wrappedBuffer(piece.array(), 0, read)));
                if (within == length) {
                    within = 0;
                    current++;
                }
            }
        }
    }

    private void write(Buffer bytes) {
        sent += bytes.length();
        response.write(bytes).onFailure(e -> finish());
    }

    private void finish() {
        if (!ended) {
            ended = true;
            exchange.release(file);
            exchange.done(sent);
        }
    }
}
