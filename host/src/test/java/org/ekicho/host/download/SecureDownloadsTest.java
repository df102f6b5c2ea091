package org.ekicho.host.download;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLParameters;
import org.ekicho.host.download.DownloadResult.Done;
import org.ekicho.host.download.DownloadResult.Failed;
import org.ekicho.host.download.DownloadResult.Failure;
import org.ekicho.host.download.DownloadSettings.Login;
import org.ekicho.host.download.DownloadSettings.Patience;
import org.ekicho.host.download.DownloadSettings.Proxy;
import org.ekicho.host.download.DownloadSettings.ServerLogin;
import org.ekicho.host.download.DownloadSettings.Tls;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// TLS, proxies, logins and slow servers, over real sockets.
final class SecureDownloadsTest {
    private static final byte[] CONTENT = "0123456789".getBytes(StandardCharsets.US_ASCII);
    private static final Tls OWN_CA =
            new Tls(Optional.of(golden("server.pem")), Optional.empty(), Optional.empty(), Tls.Verify.CERTIFICATE);
    private static final Tls OTHER_CA =
            new Tls(Optional.of(golden("client.pem")), Optional.empty(), Optional.empty(), Tls.Verify.CERTIFICATE);
    private static final Tls ANYBODY =
            new Tls(Optional.empty(), Optional.empty(), Optional.empty(), Tls.Verify.NOTHING);
    private static final Tls WITH_CLIENT = new Tls(
            Optional.of(golden("server.pem")),
            Optional.of(golden("client.pem")),
            Optional.of(golden("client.key")),
            Tls.Verify.CERTIFICATE);

    @TempDir
    private Path folder;

    private final List<HttpServer> servers = new ArrayList<>();
    private final List<String> seen = new CopyOnWriteArrayList<>();

    @AfterEach
    void stop() {
        servers.forEach(server -> server.stop(0));
    }

    @Test
    void believes_a_server_by_the_authority_of_the_admins_choice() throws IOException {
        URI address = https(ClientCertificate.NONE, "127.0.0.1");
        assertThat(fetch(settings(OWN_CA), address)).isInstanceOf(Done.class);
        assertThat(failure(settings(OTHER_CA), address)).isEqualTo(Failure.NOT_TRUSTED);
        assertThat(failure(settings(Tls.SYSTEM), address)).isEqualTo(Failure.NOT_TRUSTED);
    }

    @Test
    void refuses_a_certificate_for_another_host() throws IOException {
        URI address = https(ClientCertificate.NONE, "localhost");
        assertThat(failure(settings(OWN_CA), address)).isEqualTo(Failure.NOT_TRUSTED);
        assertThat(fetch(settings(ANYBODY), address)).isInstanceOf(Done.class);
    }

    @Test
    void shows_its_certificate_to_a_server_that_asks() throws IOException {
        URI address = https(ClientCertificate.NEEDED, "127.0.0.1");
        assertThat(fetch(settings(WITH_CLIENT), address)).isInstanceOf(Done.class);
        assertThat(fetch(settings(OWN_CA), address)).isInstanceOf(Failed.class);
    }

    @Test
    void takes_no_secret_from_an_encrypted_to_a_plain_connection() throws IOException {
        HttpServer plain = http();
        plain.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, CONTENT.length);
            exchange.getResponseBody().write(CONTENT);
            exchange.close();
        });
        HttpServer encrypted = httpsServer(ClientCertificate.NONE);
        encrypted.createContext("/", exchange -> {
            exchange.getResponseHeaders().add("Location", at("http", "127.0.0.1", plain) + "");
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });
        URI address = at("https", "127.0.0.1", encrypted);
        DownloadSettings withLogin = new DownloadSettings(
                "test",
                Optional.empty(),
                Optional.of(ServerLogin.of(new Login("me", "pw"), List.of(address.toString()))),
                ANYBODY,
                Patience.DEFAULT,
                1);
        assertThat(failure(withLogin, address)).isEqualTo(Failure.BAD_REDIRECT);
        assertThat(failure(settings(OWN_CA), address)).isEqualTo(Failure.BAD_REDIRECT);
        assertThat(fetch(settings(ANYBODY), address)).isInstanceOf(Done.class);
    }

    @Test
    void goes_through_a_proxy_with_a_login() throws IOException {
        HttpServer proxy = http();
        String expected = "Basic " + Base64.getEncoder().encodeToString("me:pw".getBytes(StandardCharsets.UTF_8));
        proxy.createContext("/", exchange -> {
            String login = exchange.getRequestHeaders().getFirst("Proxy-Authorization");
            seen.add(exchange.getRequestURI() + " " + login);
            boolean right = expected.equals(login);
            exchange.getResponseHeaders().add("Proxy-Authenticate", "Basic realm=\"proxy\"");
            exchange.sendResponseHeaders(right ? 200 : 407, right ? CONTENT.length : -1);
            if (right) {
                exchange.getResponseBody().write(CONTENT);
            }
            exchange.close();
        });
        String host = "http://127.0.0.1:" + proxy.getAddress().getPort();
        URI address = URI.create("http://upstream.example.invalid/f");
        Proxy right = new Proxy(host, Optional.of(new Login("me", "pw")));
        Proxy without = new Proxy(host, Optional.empty());
        assertThat(fetch(through(right), address)).isInstanceOf(Done.class);
        assertThat(seen).last().isEqualTo(address + " " + expected);
        assertThat(failure(through(without), address)).isEqualTo(Failure.NOT_ALLOWED);
    }

    @Test
    void gives_up_a_server_that_sends_too_little() throws IOException {
        HttpServer slow = http();
        slow.createContext("/drips", exchange -> {
            exchange.sendResponseHeaders(200, 1_000_000);
            try {
                for (int i = 0; i < 200; i++) {
                    exchange.getResponseBody().write(new byte[10]);
                    exchange.getResponseBody().flush();
                    Thread.sleep(20);
                }
            } catch (IOException | InterruptedException e) {
                seen.add("given up");
            } finally {
                exchange.close();
            }
        });
        slow.createContext("/hangs", exchange -> {
            exchange.sendResponseHeaders(200, 1_000_000);
            exchange.getResponseBody().write(new byte[10]);
            exchange.getResponseBody().flush();
            try {
                Thread.sleep(1500);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            exchange.close();
        });
        DownloadSettings impatient = new DownloadSettings(
                "test",
                Optional.empty(),
                Optional.empty(),
                Tls.SYSTEM,
                new Patience(Duration.ofSeconds(10), Duration.ofMillis(500), 100_000),
                1);
        URI base = at("http", "127.0.0.1", slow);
        assertThat(failure(impatient, base.resolve("/drips"))).isEqualTo(Failure.TOO_SLOW);
        assertThat(failure(impatient, base.resolve("/hangs"))).isEqualTo(Failure.TOO_SLOW);
    }

    @Test
    void reads_dates_as_servers_write_them() {
        String standard = "Sun, 06 Nov 1994 08:49:37 GMT";
        assertThat(HttpDate.parse(standard).orElseThrow()).hasToString("1994-11-06T08:49:37Z");
        assertThat(HttpDate.parse("Thu, 31 Dec 2026 23:59:59 GMT").orElseThrow())
                .hasToString("2026-12-31T23:59:59Z");
        assertThat(HttpDate.parse("Sun, 06 Nov 1994 08:49:xx GMT")).isEmpty();
        assertThat(HttpDate.parse("Sun, 00 Nov 1994 08:49:37 GMT")).isEmpty();
    }

    private enum ClientCertificate {
        NONE,
        NEEDED
    }

    private URI https(ClientCertificate client, String host) throws IOException {
        HttpServer server = httpsServer(client);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, CONTENT.length);
            exchange.getResponseBody().write(CONTENT);
            exchange.close();
        });
        return at("https", host, server);
    }

    private HttpServer httpsServer(ClientCertificate client) throws IOException {
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        Tls own = new Tls(
                Optional.of(golden("client.pem")),
                Optional.of(golden("server.pem")),
                Optional.of(golden("server.key")),
                Tls.Verify.CERTIFICATE);
        server.setHttpsConfigurator(new HttpsConfigurator(TlsContext.of(own)) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters tls = getSSLContext().getDefaultSSLParameters();
                tls.setNeedClientAuth(client == ClientCertificate.NEEDED);
                parameters.setSSLParameters(tls);
            }
        });
        server.start();
        servers.add(server);
        return server;
    }

    private HttpServer http() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        server.start();
        servers.add(server);
        return server;
    }

    private static URI at(String scheme, String host, HttpServer server) {
        return URI.create(scheme + "://" + host + ":" + server.getAddress().getPort() + "/f");
    }

    private static DownloadSettings settings(Tls tls) {
        return new DownloadSettings("test", Optional.empty(), Optional.empty(), tls, Patience.DEFAULT, 1);
    }

    private static DownloadSettings through(Proxy proxy) {
        return new DownloadSettings("test", Optional.of(proxy), Optional.empty(), Tls.SYSTEM, Patience.DEFAULT, 1);
    }

    private Failure failure(DownloadSettings settings, URI address) throws IOException {
        return ((Failed) fetch(settings, address)).failure();
    }

    private DownloadResult fetch(DownloadSettings settings, URI address) throws IOException {
        try (Downloads downloads = Downloads.open(settings, Bandwidth.unlimited(), new Traffic())) {
            return downloads.fetch(DownloadRequest.anew(address, folder.resolve("target"), 10_000_000));
        }
    }

    private static Path golden(String name) {
        try {
            return Path.of(Objects.requireNonNull(SecureDownloadsTest.class.getResource("/golden/tls/" + name))
                    .toURI());
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }
}
