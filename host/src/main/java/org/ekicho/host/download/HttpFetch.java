package org.ekicho.host.download;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHeaders;
import org.ekicho.host.download.DownloadRequest.Resume;
import org.ekicho.host.download.DownloadResult.Done;
import org.ekicho.host.download.DownloadResult.Failed;
import org.ekicho.host.download.DownloadResult.Failure;

/// One file over HTTP: redirects, ranges, then the body.
final class HttpFetch {
    /// As curl's and browsers' twenty, halved: mirror redirectors need two.
    private static final int MOST_REDIRECTS = 10;

    private static final Pattern RANGE = Pattern.compile("bytes ([0-9]{1,18})-([0-9]{1,18})/([0-9]{1,18}|\\*)");

    /// The body of an error or a redirect is read to its end up to this length, so that the connection can be used
    /// again.
    private static final int SMALL_BODY_BYTES = 64 * 1024;

    private final CloseableHttpClient client;
    private final DownloadSettings settings;
    private final Bandwidth bandwidth;
    private final Traffic traffic;
    private final DownloadRequest request;
    private final byte[] buffer;

    /// @param buffer lent for the time of the fetch
    HttpFetch(
            CloseableHttpClient client,
            DownloadSettings settings,
            Bandwidth bandwidth,
            Traffic traffic,
            DownloadRequest request,
            byte[] buffer) {
        this.client = client;
        this.settings = settings;
        this.bandwidth = bandwidth;
        this.traffic = traffic;
        this.request = request;
        this.buffer = buffer;
    }

    /// @param have bytes that are there already
    DownloadResult from(long have) throws IOException {
        Optional<Validator> validator = have > 0 && request.resume() == Resume.SAME_FILE
                ? Validator.beside(request.target())
                : Optional.empty();
        if (have > 0 && request.resume() == Resume.SAME_FILE && validator.isEmpty()) {
            return from(0);
        }
        URI address = request.address();
        for (int hop = 0; hop <= MOST_REDIRECTS; hop++) {
            Step step = ask(address, have, validator);
            switch (step) {
                case Step.Ended ended -> {
                    return ended.result();
                }
                case Step.Again _ -> {
                    return from(0);
                }
                case Step.Elsewhere elsewhere -> {
                    Optional<Failed> unsafe = unsafe(address, elsewhere.address());
                    if (unsafe.isPresent()) {
                        return unsafe.get();
                    }
                    address = elsewhere.address();
                }
            }
        }
        return new Failed(
                Failure.BAD_REDIRECT,
                Addresses.shown(request.address()) + " redirects more than " + MOST_REDIRECTS + " times");
    }

    /// What one answer led to.
    private sealed interface Step {
        record Ended(DownloadResult result) implements Step {}

        record Elsewhere(URI address) implements Step {}

        /// The part that is there is of no use.
        record Again() implements Step {}
    }

    private Step ask(URI address, long have, Optional<Validator> validator) throws IOException {
        String shown = Addresses.shown(address);
        HttpGet get = new HttpGet(withoutSecrets(address));
        login(address).ifPresent(login -> get.setHeader(HttpHeaders.AUTHORIZATION, basic(login)));
        if (have > 0) {
            get.setHeader(HttpHeaders.RANGE, "bytes=" + have + "-");
            validator.ifPresent(v -> get.setHeader(HttpHeaders.IF_RANGE, v.value()));
        }
        ClassicHttpResponse opened;
        try {
            opened = client.executeOpen(null, get, null);
        } catch (IOException e) {
            return new Step.Ended(Words.failed(shown, e));
        }
        boolean over = false;
        try {
            Step step = step(opened, address, have);
            over = isOver(step, opened);
            return step;
        } finally {
            if (!over) {
                // Otherwise closing would read what is left, however much that is.
                get.cancel();
            }
            close(opened);
        }
    }

    private static void close(ClassicHttpResponse response) {
        try {
            response.close();
        } catch (IOException e) {
            // A connection that broke cannot be closed in order; what came of the fetch is known already.
            return;
        }
    }

    private Step step(ClassicHttpResponse response, URI address, long have) throws IOException {
        String shown = Addresses.shown(address);
        int status = response.getCode();
        return switch (status) {
            case 200 -> new Step.Ended(body(response, address, 0));
            case 206 ->
                have > 0 && start(response).orElse(-1) == have
                        ? new Step.Ended(body(response, address, have))
                        : new Step.Ended(new Failed(
                                Failure.MALFORMED, shown + " answered with another range than was asked for"));
            case 416 -> have > 0 ? new Step.Again() : new Step.Ended(Words.status(shown, status));
            case 301, 302, 303, 307, 308 -> redirect(response, address);
            default -> new Step.Ended(Words.status(shown, status));
        };
    }

    private static boolean isOver(Step step, ClassicHttpResponse response) {
        if (step instanceof Step.Ended(Done _)) {
            return true;
        }
        HttpEntity entity = response.getEntity();
        long length = entity == null ? 0 : entity.getContentLength();
        return response.getCode() >= 300 && length >= 0 && length <= SMALL_BODY_BYTES;
    }

    private static Step redirect(ClassicHttpResponse response, URI address) {
        Header location = response.getFirstHeader(HttpHeaders.LOCATION);
        Optional<URI> target = location == null
                ? Optional.empty()
                : resolve(address, location.getValue())
                        .filter(uri -> Addresses.scheme(uri).startsWith("http"));
        return target.isPresent()
                ? new Step.Elsewhere(target.get())
                : new Step.Ended(new Failed(
                        Failure.BAD_REDIRECT, Addresses.shown(address) + " redirects to no address that can be used"));
    }

    private static Optional<URI> resolve(URI base, String location) {
        try {
            return Addresses.parse(
                    base.resolve(location.strip().replace(" ", "%20")).toString());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /// From `https` to `http` nothing goes that proves who we are, and nothing whose server had to prove itself by an
    /// authority of the admin's choice.
    private Optional<Failed> unsafe(URI from, URI to) {
        boolean downgrade =
                Addresses.scheme(from).equals("https") && Addresses.scheme(to).equals("http");
        boolean secrets = settings.login().isPresent()
                || request.address().getRawUserInfo() != null
                || settings.tls().clientCert().isPresent()
                || settings.tls().caFile().isPresent();
        return downgrade && secrets
                ? Optional.of(new Failed(
                        Failure.BAD_REDIRECT,
                        Addresses.shown(from) + " redirects to " + Addresses.shown(to)
                                + ", which is not encrypted; with a login or certificates that is refused"))
                : Optional.empty();
    }

    private DownloadResult body(ClassicHttpResponse response, URI address, long have) throws IOException {
        String shown = Addresses.shown(address);
        HttpEntity entity = response.getEntity();
        long announced = entity == null ? 0 : entity.getContentLength();
        Optional<Failed> refused = announced < 0 ? Optional.empty() : refused(shown, announced + have);
        if (refused.isPresent()) {
            return refused.get();
        }
        if (response.containsHeader(HttpHeaders.CONTENT_ENCODING)
                && !"identity"
                        .equals(response.getFirstHeader(HttpHeaders.CONTENT_ENCODING)
                                .getValue())
                && request.digests().isEmpty()) {
            return new Failed(Failure.MALFORMED, shown + " was sent in a content coding that was not asked for");
        }
        if (have == 0 && request.resume() == Resume.SAME_FILE) {
            remember(response);
        }
        // Its stream is closed with the response.
        InputStream in = entity == null ? InputStream.nullInputStream() : entity.getContent();
        try (PartialFile out = have > 0
                ? PartialFile.continued(request.target(), request.digests(), buffer)
                : PartialFile.anew(request.target(), request.digests())) {
            String server = Downloads.server(address);
            Body body = new Body(in, out, bandwidth, traffic, server, settings.patience(), shown);
            OptionalLong size =
                    announced < 0 || request.size().isPresent() ? request.size() : OptionalLong.of(announced + have);
            Optional<Failed> failed = body.carry(buffer, size, request.limit());
            if (failed.isPresent()) {
                return failed.get();
            }
            Validator.forget(request.target());
            return new Done(out.size(), out.digests(), type(response), modified(response), shown, out.size() - have);
        }
    }

    private Optional<Failed> refused(String shown, long length) {
        if (request.size().isPresent() && length != request.size().getAsLong()) {
            return Optional.of(new Failed(
                    Failure.WRONG_SIZE,
                    shown + " has " + length + " bytes instead of "
                            + request.size().getAsLong()));
        }
        return length > request.limit()
                ? Optional.of(new Failed(
                        Failure.TOO_LARGE,
                        shown + " has " + length + " bytes; the limit for its kind is " + request.limit()))
                : Optional.empty();
    }

    private void remember(ClassicHttpResponse response) throws IOException {
        Validator.forget(request.target());
        Optional<Validator> validator = Validator.of(Addresses.shown(request.address()), response);
        if (validator.isPresent()) {
            validator.get().write(request.target());
        }
    }

    private static OptionalLong start(ClassicHttpResponse response) {
        Header range = response.getFirstHeader(HttpHeaders.CONTENT_RANGE);
        Matcher parts = RANGE.matcher(range == null ? "" : range.getValue());
        return parts.matches() ? OptionalLong.of(Long.parseLong(parts.group(1))) : OptionalLong.empty();
    }

    private static String type(ClassicHttpResponse response) {
        Header type = response.getFirstHeader(HttpHeaders.CONTENT_TYPE);
        return type == null ? "" : type.getValue();
    }

    private static Optional<Instant> modified(ClassicHttpResponse response) {
        Header modified = response.getFirstHeader(HttpHeaders.LAST_MODIFIED);
        return modified == null ? Optional.empty() : HttpDate.parse(modified.getValue());
    }

    /// The login for this address: only for the server that was asked first.
    private Optional<DownloadSettings.Login> login(URI address) {
        if (!Downloads.server(address).equals(Downloads.server(request.address()))) {
            return Optional.empty();
        }
        String own = request.address().getUserInfo();
        if (own == null) {
            return settings.login()
                    .filter(login -> login.servers().contains(Downloads.server(address)))
                    .map(DownloadSettings.ServerLogin::login);
        }
        int colon = own.indexOf(':');
        return Optional.of(
                colon < 0
                        ? new DownloadSettings.Login(own, "")
                        : new DownloadSettings.Login(own.substring(0, colon), own.substring(colon + 1)));
    }

    private static String basic(DownloadSettings.Login login) {
        byte[] pair = (login.name() + ":" + login.password()).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(pair);
    }

    private static URI withoutSecrets(URI address) {
        return address.getRawUserInfo() == null ? address : URI.create(Addresses.shown(address));
    }
}
