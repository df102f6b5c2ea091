package org.ekicho.web.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.ekicho.mirror.settings.ServeSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// TLS and HTTP/2 over real sockets, with the JDK's client.
class HttpsTest {
    private static final String RPM = "/latest/base/Packages/large.rpm";
    private static final byte[] LARGE = new byte[7_000_001];

    static {
        new Random(3).nextBytes(LARGE);
    }

    @TempDir
    Path folder;

    private TestMirror mirror;
    private Path certificate;
    private Path key;

    @BeforeEach
    void open() throws Exception {
        certificate = folder.resolve("server.crt");
        key = folder.resolve("server.key");
        certify("one.lan");
        mirror = new TestMirror(
                folder.resolve("mirror"),
                new ServeSettings(
                        List.of("127.0.0.1:0"),
                        List.of("127.0.0.1:0"),
                        Optional.of(certificate.toString()),
                        Optional.of(key.toString()),
                        Optional.empty(),
                        List.of()));
        mirror.file(TestMirror.ONE, "repodata/repomd.xml", "<one/>");
        mirror.file(TestMirror.ONE, "Packages/large.rpm", LARGE);
        mirror.point(TestMirror.ONE);
    }

    @AfterEach
    void close() {
        mirror.close();
    }

    private void certify(String name) throws IOException {
        TestCertificate made = TestCertificate.of(name);
        Files.writeString(certificate, made.certificatePem());
        Files.writeString(key, made.keyPem());
    }

    /// Trusts everybody: whose certificate it is the tests look at themselves.
    private static SSLContext trusting() throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new TrustEverybody()}, new SecureRandom());
        return context;
    }

    private HttpResponse<byte[]> ask(HttpClient.Version version, String scheme, String path) throws Exception {
        int port = scheme.equals("https") ? mirror.tlsPort() : mirror.port();
        try (HttpClient client = HttpClient.newBuilder()
                .version(version)
                .sslContext(trusting())
                .connectTimeout(Duration.ofSeconds(20))
                .build()) {
            return client.send(
                    HttpRequest.newBuilder(URI.create(scheme + "://127.0.0.1:" + port + path))
                            .timeout(Duration.ofSeconds(60))
                            .build(),
                    HttpResponse.BodyHandlers.ofByteArray());
        }
    }

    @Test
    void large_files_arrive_whole_by_every_protocol() throws Exception {
        for (String scheme : List.of("http", "https")) {
            for (HttpClient.Version version : HttpClient.Version.values()) {
                if (!List.of("HTTP_1_1", "HTTP_2").contains(version.name())) {
                    continue;
                }
                HttpResponse<byte[]> answer = ask(version, scheme, RPM);
                assertThat(answer.version()).as(scheme).isEqualTo(version);
                assertThat(answer.statusCode()).isEqualTo(200);
                assertThat(answer.body()).as(scheme + version).isEqualTo(LARGE);
                assertThat(answer.headers().firstValue("etag")).isPresent();
            }
        }
        assertThat(mirror.logged())
                .filteredOn(line -> line.contains("\"GET " + RPM + " HTTP/2.0\" 200 " + LARGE.length))
                .hasSize(2);
    }

    @Test
    void many_large_files_on_one_connection_of_http_2_arrive_whole() throws Exception {
        try (HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_2)
                .sslContext(trusting())
                .build()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + mirror.tlsPort() + RPM))
                    .timeout(Duration.ofSeconds(60))
                    .build();
            client.send(request, HttpResponse.BodyHandlers.discarding());
            List<CompletableFuture<HttpResponse<byte[]>>> answers = java.util.stream.IntStream.range(0, 6)
                    .mapToObj(i -> client.sendAsync(request, HttpResponse.BodyHandlers.ofByteArray()))
                    .toList();
            for (CompletableFuture<HttpResponse<byte[]>> answer : answers) {
                assertThat(answer.get().body()).isEqualTo(LARGE);
            }
        }
    }

    private String subject() throws Exception {
        try (SSLSocket socket = (SSLSocket)
                trusting().getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), mirror.tlsPort())) {
            socket.setSoTimeout(Line.PATIENCE_MILLIS);
            socket.startHandshake();
            return ((X509Certificate) socket.getSession().getPeerCertificates()[0])
                    .getSubjectX500Principal()
                    .getName();
        }
    }

    @Test
    void a_renewed_certificate_is_used_by_new_connections_and_a_broken_one_is_not() throws Exception {
        assertThat(subject()).isEqualTo("CN=one.lan");
        assertThat(mirror.server.reloadTls()).as("nothing changed").isFalse();
        try (Line old = new Line(
                trusting().getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), mirror.tlsPort()))) {
            assertThat(old.get("/latest/base/repodata/repomd.xml").text()).isEqualTo("<one/>");
            certify("two.lan");
            assertThat(mirror.server.reloadTls()).isTrue();
            assertThat(subject()).isEqualTo("CN=two.lan");
            assertThat(old.get("/latest/base/repodata/repomd.xml").text())
                    .as("an old connection goes on")
                    .isEqualTo("<one/>");
        }
        Files.writeString(certificate, "no certificate");
        assertThatThrownBy(() -> mirror.server.reloadTls()).isInstanceOf(IOException.class);
        assertThat(subject()).isEqualTo("CN=two.lan");
        String other = Files.readString(key);
        certify("three.lan");
        Files.writeString(key, other);
        assertThatThrownBy(() -> mirror.server.reloadTls())
                .as("a renewal that has written one file only")
                .hasMessageContaining("is not that of the certificate");
        assertThat(subject()).isEqualTo("CN=two.lan");
        Files.delete(key);
        assertThatThrownBy(() -> mirror.server.reloadTls()).hasMessageContaining(key.toString());
        assertThat(subject()).isEqualTo("CN=two.lan");
        certify("three.lan");
        assertThat(mirror.server.reloadTls()).isTrue();
        assertThat(subject()).isEqualTo("CN=three.lan");
    }
}
