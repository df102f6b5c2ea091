package org.ekicho.host.download;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.ekicho.host.download.DownloadRequest.Resume;
import org.ekicho.host.download.DownloadResult.Done;
import org.ekicho.host.download.DownloadResult.Failed;
import org.ekicho.host.download.DownloadResult.Failure;
import org.jspecify.annotations.Nullable;

/// Fetches files from one upstream. A call blocks until its file is there or has failed; any number of threads may call
/// at once.
public final class Downloads implements AutoCloseable {
    /// Read and written in one piece: larger ones were no faster, smaller ones cost system calls.
    static final int BUFFER_BYTES = 256 * 1024;

    private final DownloadSettings settings;
    private final CloseableHttpClient client;
    private final Bandwidth bandwidth;
    private final Traffic traffic;
    private final BlockingQueue<byte[]> buffers;

    private Downloads(DownloadSettings settings, Bandwidth bandwidth, Traffic traffic) throws IOException {
        this.settings = settings;
        this.client = HttpClients5.open(settings);
        this.bandwidth = bandwidth;
        this.traffic = traffic;
        this.buffers = new ArrayBlockingQueue<>(Math.max(1, settings.connections()));
    }

    /// @throws IOException when a certificate, a key or the proxy's address cannot be used
    public static Downloads open(DownloadSettings settings, Bandwidth bandwidth, Traffic traffic) throws IOException {
        return new Downloads(settings, bandwidth, traffic);
    }

    /// Fetches a file.
    ///
    /// @throws IOException when it cannot be written
    public DownloadResult fetch(DownloadRequest request) throws IOException {
        DownloadResult result = switch (Addresses.scheme(request.address())) {
            case "http", "https" -> http(request);
            case "file" -> local(request);
            case String other ->
                new Failed(
                        Failure.NOT_SPOKEN,
                        Addresses.shown(request.address()) + ": " + (other.isEmpty() ? "no kind" : other)
                                + " is not spoken here; most mirrors have the same under http or https");
        };
        traffic.ended(server(request.address()), result);
        return result;
    }

    @Override
    public void close() throws IOException {
        client.close();
    }

    private DownloadResult http(DownloadRequest request) throws IOException {
        long have = have(request);
        byte @Nullable [] pooled = buffers.poll();
        byte[] buffer = pooled == null ? new byte[BUFFER_BYTES] : pooled;
        try {
            HttpFetch fetch = new HttpFetch(client, settings, bandwidth, traffic, request, buffer);
            if (have > 0 && request.size().isPresent() && request.size().getAsLong() == have) {
                return whole(request, buffer);
            }
            return fetch.from(have);
        } finally {
            buffers.offer(buffer);
        }
    }

    /// How much of the file may be kept.
    private static long have(DownloadRequest request) throws IOException {
        if (request.resume() == Resume.NEVER || !Files.isRegularFile(request.target())) {
            return 0;
        }
        long length = Files.size(request.target());
        return length > request.size().orElse(request.limit()) ? 0 : length;
    }

    /// All of it came the last time.
    private static Done whole(DownloadRequest request, byte[] buffer) throws IOException {
        try (PartialFile file = PartialFile.continued(request.target(), request.digests(), buffer)) {
            return new Done(file.size(), file.digests(), "", Optional.empty(), Addresses.shown(request.address()), 0);
        }
    }

    private DownloadResult local(DownloadRequest request) throws IOException {
        String shown = Addresses.shown(request.address());
        Path source;
        try {
            source = Path.of(URI.create("file://" + request.address().getRawPath()));
        } catch (IllegalArgumentException e) {
            return new Failed(Failure.NOT_FOUND, shown + " names no file of this host");
        }
        if (!Files.isRegularFile(source)) {
            return new Failed(Failure.NOT_FOUND, shown + " is not there");
        }
        Instant modified = Files.getLastModifiedTime(source).toInstant();
        try (InputStream in = Files.newInputStream(source);
                PartialFile out = PartialFile.anew(request.target(), request.digests())) {
            Body body = new Body(in, out, Bandwidth.unlimited(), traffic, "file:", settings.patience(), shown);
            Optional<Failed> failed = body.carry(new byte[BUFFER_BYTES], request.size(), request.limit());
            return failed.isPresent()
                    ? failed.get()
                    : new Done(out.size(), out.digests(), "", Optional.of(modified), shown, out.size());
        } catch (NoSuchFileException e) {
            if (source.toString().equals(e.getFile())) {
                return new Failed(Failure.NOT_FOUND, shown + " is not there");
            }
            throw e;
        }
    }

    static String server(URI address) {
        String port = address.getPort() < 0 ? "" : ":" + address.getPort();
        return address.getHost() == null
                ? Addresses.scheme(address) + ":"
                : Addresses.scheme(address) + "://" + address.getHost() + port;
    }

    static OptionalLong number(@Nullable String digits) {
        return digits != null && digits.matches("[0-9]{1,18}")
                ? OptionalLong.of(Long.parseLong(digits))
                : OptionalLong.empty();
    }
}
