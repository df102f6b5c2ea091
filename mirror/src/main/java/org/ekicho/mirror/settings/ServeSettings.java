package org.ekicho.mirror.settings;

import java.util.List;
import java.util.Optional;

/// How the mirror is served over HTTP.
///
/// @param listen    addresses and ports, such as `0.0.0.0:80` or `[::]:80`
/// @param tlsListen the same with TLS; needs the certificate
/// @param tlsCert   PEM file of the certificate chain
/// @param tlsKey    PEM file of its key
/// @param accessLog file of the access log in combined format; empty: `log/access.log` in the mirror's folder
/// @param siblings  base addresses of other servers with the same snapshots, for fail-over
public record ServeSettings(
        List<String> listen,
        List<String> tlsListen,
        Optional<String> tlsCert,
        Optional<String> tlsKey,
        Optional<String> accessLog,
        List<String> siblings) {
    public ServeSettings {
        listen = List.copyOf(listen);
        tlsListen = List.copyOf(tlsListen);
        siblings = List.copyOf(siblings);
    }
}
