package org.ekicho.web.server;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.Callable;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.ekicho.web.WebReason;
import org.ekicho.web.files.Content;
import org.ekicho.web.page.ErrorPage;

/// One request and its answer: begins, is ended once, and is then counted and logged.
final class Exchange {
    /// When to ask again: a disk that is full of work has caught up by then.
    private static final String RETRY_SECONDS = "10";

    private final HttpServerRequest request;
    private final Peer peer;
    private final EventLoop loop;
    private boolean ended;

    Exchange(HttpServerRequest request, Peer peer, EventLoop loop) {
        this.request = request;
        this.peer = peer;
        this.loop = loop;
        peer.begin(System.nanoTime());
    }

    HttpServerRequest request() {
        return request;
    }

    HttpServerResponse response() {
        return request.response();
    }

    boolean isHead() {
        return request.method().equals(HttpMethod.HEAD);
    }

    /// Whether the kernel may send a file by itself: HTTP/2 frames its bodies, TLS encrypts them.
    boolean takesFiles() {
        return request.version() != HttpVersion.HTTP_2 && !request.isSSL();
    }

    /// Opens what is sent; to be released.
    ///
    /// @throws IOException when it is not there any more
    OpenFiles.Shared use(Content content) throws IOException {
        return loop.files().use(content);
    }

    void release(OpenFiles.Shared file) {
        file.release(System.nanoTime());
    }

    /// An answer with this status and the headers that all have.
    HttpServerResponse answer(int status) {
        HttpServerResponse response = response();
        if (status != 200) {
            response.setStatusCode(status);
        }
        response.putHeader(Names.SERVER, Names.EKICHO).putHeader(Names.DATE, loop.date());
        return response;
    }

    /// Begins to send a body of so many bytes.
    void begin(long bytes) {
        peer.allow(bytes);
    }

    /// Sends a small body at once.
    void end(Buffer body) {
        begin(body.length());
        HttpServerResponse response = response();
        if (isHead()) {
            response.putHeader(Names.LENGTH, Integer.toString(body.length()));
            response.end();
            done(0);
        } else {
            response.end(body);
            done(body.length());
        }
    }

    /// Sends no body.
    void end() {
        response().end();
        done(0);
    }

    /// Sends a text.
    void text(int status, String type, String caching, String text) {
        answer(status).putHeader(Names.TYPE, type).putHeader(Names.CACHING, caching);
        end(Buffer.buffer(text.getBytes(StandardCharsets.UTF_8)));
    }

    /// Reads a folder for a page, which takes long, beside the event loop; then answers with what came out of it.
    void page(Callable<String> work, Consumer<String> then) {
        loop.pages().run(work, unlessGone(then), this::failed);
    }

    /// Looks for a file, which may wait for the disk, beside the event loop; then answers with what was found.
    <T> void look(Callable<T> work, Consumer<T> then) {
        loop.looks().run(work, unlessGone(then), this::failed);
    }

    /// A client that hung up meanwhile gets no answer.
    private <T> Consumer<T> unlessGone(Consumer<T> then) {
        return found -> {
            if (response().closed()) {
                done(0);
            } else {
                then.accept(found);
            }
        };
    }

    /// Says what became of the answer instead, by what went wrong; 503 has clients try the next mirror, or again.
    void failed(Throwable why) {
        if (response().closed()) {
            done(0);
            return;
        }
        if (response().headWritten()) {
            loop.failures().mistake(request.uri(), why);
            request.connection().close();
            return;
        }
        response().headers().clear();
        switch (why) {
            case NoSuchFileException e -> refuse(404, WebReason.NOT_THERE);
            case IOException e -> {
                unreadable(e);
                response().putHeader(Names.RETRY, RETRY_SECONDS);
                refuse(503, WebReason.UNREADABLE);
            }
            case RejectedExecutionException e -> {
                response().putHeader(Names.RETRY, RETRY_SECONDS);
                refuse(503, WebReason.BUSY);
            }
            default -> {
                loop.failures().mistake(request.uri(), why);
                refuse(500, WebReason.OUR_FAULT);
            }
        }
    }

    /// The other servers.
    Siblings siblings() {
        return loop.siblings();
    }

    /// Something could not be read: for the log.
    void unreadable(IOException why) {
        loop.failures().unreadable(request.uri(), why);
    }

    /// Says why not.
    void refuse(int status, WebReason reason) {
        loop.counters().refuse(reason);
        String accepts = request.getHeader(HttpHeaders.ACCEPT);
        if (status == 404 && accepts != null && accepts.contains("text/html")) {
            text(status, "text/html; charset=utf-8", "no-cache", ErrorPage.html(status, reason.sentence()));
        } else {
            text(status, "text/plain; charset=utf-8", "no-cache", ErrorPage.text(status, reason.sentence()));
        }
    }

    /// The answer was sent, or broke off after so many bytes of its body.
    void done(long bodyBytes) {
        if (!ended) {
            ended = true;
            peer.end(System.nanoTime());
            loop.log(request, peer, bodyBytes);
        }
    }
}
