package org.ekicho.web.server;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.ekicho.web.files.Content;
import org.ekicho.web.files.Found;
import org.ekicho.web.range.ByteRanges;
import org.ekicho.web.range.Conditions;
import org.ekicho.web.range.Multipart;

/// Answers with a file, a part of it, several parts, or that it has not changed.
final class FileAnswer {
    private final Exchange exchange;
    private final Found.File file;
    private final Content content;

    FileAnswer(Exchange exchange, Found.File file) {
        this.exchange = exchange;
        this.file = file;
        this.content = file.content();
    }

    void send() {
        MultiMap headers = exchange.request().headers();
        switch (verdict(headers)) {
            case FAILED -> {
                exchange.answer(412).putHeader(Names.LENGTH, "0");
                exchange.end();
            }
            case NOT_MODIFIED -> {
                described(304);
                exchange.end();
            }
            case SEND -> {
                String range = headers.get(Names.ASKED_RANGE);
                if (range == null) {
                    whole();
                } else {
                    ranges(range, headers);
                }
            }
        }
    }

    private Conditions.Verdict verdict(MultiMap headers) {
        String ifMatch = headers.get(HttpHeaders.IF_MATCH);
        String ifNoneMatch = headers.get(HttpHeaders.IF_NONE_MATCH);
        String ifModifiedSince = headers.get(HttpHeaders.IF_MODIFIED_SINCE);
        String ifUnmodifiedSince = headers.get(Names.IF_UNMODIFIED_SINCE);
        if (ifMatch == null && ifNoneMatch == null && ifModifiedSince == null && ifUnmodifiedSince == null) {
            return Conditions.Verdict.SEND;
        }
        return Conditions.judge(
                new Conditions.Asked(ifMatch, ifNoneMatch, ifModifiedSince, ifUnmodifiedSince),
                content.etag(),
                file.lastModified());
    }

    /// The headers that tell which file this is.
    private HttpServerResponse described(int status) {
        HttpServerResponse response = exchange.answer(status)
                .putHeader(Names.ETAG, content.etag())
                .putHeader(Names.CACHING, file.caching().header())
                .putHeader(Names.ACCEPTS, Names.BYTES);
        if (!file.lastModified().isEmpty()) {
            response.putHeader(Names.MODIFIED, file.lastModified());
        }
        return response;
    }

    private void whole() {
        described(200).putHeader(Names.TYPE, file.type()).putHeader(Names.LENGTH, file.lengthText());
        part(new ByteRanges.Part(0, content.size()));
    }

    private void ranges(String range, MultiMap headers) {
        String ifRange = headers.get(Names.IF_RANGE);
        ByteRanges wanted = Conditions.mayBePart(ifRange, content.etag(), file.lastModified())
                ? ByteRanges.parse(range, content.size())
                : new ByteRanges.Whole();
        switch (wanted) {
            case ByteRanges.Whole() -> whole();
            case ByteRanges.Unsatisfiable() -> {
                exchange.answer(416)
                        .putHeader(Names.RANGE, "bytes */" + content.size())
                        .putHeader(Names.LENGTH, "0");
                exchange.end();
            }
            case ByteRanges.Parts(List<ByteRanges.Part> parts) -> {
                if (parts.size() == 1) {
                    ByteRanges.Part one = parts.getFirst();
                    described(206)
                            .putHeader(Names.TYPE, file.type())
                            .putHeader(Names.RANGE, Multipart.contentRange(one, content.size()))
                            .putHeader(Names.LENGTH, Long.toString(one.length()));
                    part(one);
                } else {
                    several(parts);
                }
            }
        }
    }

    private void part(ByteRanges.Part part) {
        Buffer bytes = content.bytes();
        if (exchange.isHead()) {
            exchange.end();
        } else if (bytes != null) {
            boolean all = part.length() == content.size();
            exchange.end(all ? bytes : bytes.slice((int) part.from(), (int) (part.last() + 1)));
        } else {
            opened(opened -> {
                if (!exchange.takesFiles()) {
                    pieces(opened, List.of(new FileBody.Segment.OfFile(part.from(), part.length())), part.length());
                } else {
                    bySendfile(opened, part);
                }
            });
        }
    }

    private void several(List<ByteRanges.Part> parts) {
        String boundary =
                "ekicho" + Long.toHexString(ThreadLocalRandom.current().nextLong() | 1L << 63);
        Multipart multipart = new Multipart(boundary, file.type(), content.size(), parts);
        described(206)
                .putHeader(Names.TYPE, multipart.contentType())
                .putHeader(Names.LENGTH, Long.toString(multipart.length()));
        if (exchange.isHead()) {
            exchange.end();
            return;
        }
        List<FileBody.Segment> segments = new ArrayList<>();
        for (ByteRanges.Part part : parts) {
            segments.add(new FileBody.Segment.Own(Buffer.buffer(multipart.before(part))));
            segments.add(new FileBody.Segment.OfFile(part.from(), part.length()));
        }
        segments.add(new FileBody.Segment.Own(Buffer.buffer(multipart.end())));
        opened(opened -> pieces(opened, segments, multipart.length()));
    }

    private void pieces(OpenFiles.Shared opened, List<FileBody.Segment> segments, long length) {
        exchange.begin(length);
        new FileBody(exchange, opened, segments).send();
    }

    private void bySendfile(OpenFiles.Shared opened, ByteRanges.Part part) {
        exchange.begin(part.length());
        SentFile sent = new SentFile(opened.channel(), content.size());
        exchange.response().sendFile(sent, part.from(), part.length()).onComplete(result -> {
            exchange.release(opened);
            exchange.done(sent.sent());
        });
    }

    private interface WithFile {
        void use(OpenFiles.Shared opened);
    }

    private void opened(WithFile then) {
        OpenFiles.Shared opened;
        try {
            opened = exchange.use(content);
        } catch (IOException e) {
            exchange.response().headers().clear();
            exchange.failed(e);
            return;
        }
        then.use(opened);
    }
}
