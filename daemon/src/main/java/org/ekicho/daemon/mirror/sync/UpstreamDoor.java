package org.ekicho.daemon.mirror.sync;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.ekicho.daemon.supervision.Version;
import org.ekicho.host.download.Bandwidth;
import org.ekicho.host.download.DownloadSettings;
import org.ekicho.host.download.Downloads;
import org.ekicho.host.download.Traffic;
import org.ekicho.mirror.settings.Upstream;

/// Downloads by what a repository says of its upstream.
final class UpstreamDoor {
    private static final String USER_AGENT = "ekicho/" + Version.NUMBER;

    private UpstreamDoor() {}

    static Downloads open(
            Upstream upstream, DownloadSettings.Patience patience, int parallel, Bandwidth bandwidth, Traffic traffic)
            throws IOException {
        Optional<DownloadSettings.ServerLogin> login = upstream.login()
                .map(UpstreamDoor::login)
                .map(own -> DownloadSettings.ServerLogin.of(own, upstream.ownAddresses()));
        Optional<DownloadSettings.Proxy> proxy = upstream.proxy()
                .map(address -> new DownloadSettings.Proxy(
                        address, upstream.proxyLogin().map(UpstreamDoor::login)));
        return Downloads.open(
                new DownloadSettings(USER_AGENT, proxy, login, tls(upstream.tls()), patience, parallel),
                bandwidth,
                traffic);
    }

    private static DownloadSettings.Login login(Upstream.Login login) {
        return new DownloadSettings.Login(login.name(), login.password());
    }

    private static DownloadSettings.Tls tls(Upstream.Tls tls) {
        return new DownloadSettings.Tls(
                tls.caFile().map(Path::of),
                tls.clientCert().map(Path::of),
                tls.clientKey().map(Path::of),
                switch (tls.verify()) {
                    case CERTIFICATE -> DownloadSettings.Tls.Verify.CERTIFICATE;
                    case NOTHING -> DownloadSettings.Tls.Verify.NOTHING;
                });
    }
}
