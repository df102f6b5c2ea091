package org.ekicho.host.download;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;
import org.apache.hc.client5.http.auth.AuthScope;
import org.apache.hc.client5.http.auth.UsernamePasswordCredentials;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.auth.BasicCredentialsProvider;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.HostnameVerificationPolicy;
import org.apache.hc.client5.http.ssl.NoopHostnameVerifier;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.pool.PoolReusePolicy;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/// The HTTP client by our settings. Redirects, retries, cookies and content codings are off: the first two are decided
/// here, the others would change what is fetched.
final class HttpClients5 {
    /// Many servers close idle connections after five seconds; one older than this is tried before it is used.
    private static final TimeValue TRUSTED = TimeValue.ofSeconds(2);

    private HttpClients5() {}

    static CloseableHttpClient open(DownloadSettings settings) throws IOException {
        Timeout stall = Timeout.of(settings.patience().stall());
        ConnectionConfig connection = ConnectionConfig.custom()
                .setConnectTimeout(Timeout.of(settings.patience().connect()))
                .setSocketTimeout(stall)
                .setValidateAfterInactivity(TRUSTED)
                .build();
        PoolingHttpClientConnectionManagerBuilder manager = PoolingHttpClientConnectionManagerBuilder.create()
                .setPoolConcurrencyPolicy(PoolConcurrencyPolicy.LAX)
                .setConnPoolPolicy(PoolReusePolicy.LIFO)
                .setMaxConnPerRoute(settings.connections())
                .setMaxConnTotal(Integer.MAX_VALUE)
                .setDefaultConnectionConfig(connection)
                .setDefaultSocketConfig(SocketConfig.custom()
                        .setSoTimeout(stall)
                        .setTcpNoDelay(true)
                        .build());
        manager.setTlsSocketStrategy(
                settings.tls().equals(DownloadSettings.Tls.SYSTEM) ? HttpClients5::upgraded : tls(settings.tls()));
        HttpClientBuilder client = HttpClients.custom()
                .setConnectionManager(manager.build())
                .setUserAgent(settings.userAgent())
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setResponseTimeout(stall)
                        .setConnectionRequestTimeout(Timeout.of(1, TimeUnit.DAYS))
                        .build())
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableCookieManagement()
                .disableContentCompression();
        if (settings.proxy().isPresent()) {
            through(settings.proxy().get(), client);
        }
        return client.build();
    }

    /// The system's authorities are read by the first connection that needs them: most of a LAN's do not.
    private static final class SystemTls {
        static final DefaultClientTlsStrategy STRATEGY = DefaultClientTlsStrategy.createDefault();
    }

    private static SSLSocket upgraded(
            Socket socket, String target, int port, @Nullable Object attachment, HttpContext context)
            throws IOException {
        return SystemTls.STRATEGY.upgrade(socket, target, port, attachment, context);
    }

    private static DefaultClientTlsStrategy tls(DownloadSettings.Tls tls) throws IOException {
        return switch (tls.verify()) {
            case CERTIFICATE -> new DefaultClientTlsStrategy(TlsContext.of(tls));
            case NOTHING ->
                new DefaultClientTlsStrategy(
                        TlsContext.of(tls), HostnameVerificationPolicy.CLIENT, NoopHostnameVerifier.INSTANCE);
        };
    }

    private static void through(DownloadSettings.Proxy proxy, HttpClientBuilder client) throws IOException {
        String text = proxy.address().contains("://") ? proxy.address() : "http://" + proxy.address();
        URI address = Addresses.parse(text)
                .filter(uri -> Addresses.scheme(uri).startsWith("http"))
                .orElseThrow(() -> new IOException("the proxy " + Addresses.shown(proxy.address())
                        + " is no HTTP proxy; write it as http://HOST:PORT"));
        HttpHost host = new HttpHost(
                Addresses.scheme(address), address.getHost(), address.getPort() > 0 ? address.getPort() : 3128);
        client.setProxy(host);
        proxy.login().ifPresent(login -> {
            BasicCredentialsProvider credentials = new BasicCredentialsProvider();
            credentials.setCredentials(
                    new AuthScope(host),
                    new UsernamePasswordCredentials(
                            login.name(), login.password().toCharArray()));
            client.setDefaultCredentialsProvider(credentials);
        });
    }
}
