package org.ekicho.site.toml;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ekicho.mirror.settings.ServeSettings;
import org.ekicho.site.diagnostic.Diagnostic;
import org.ekicho.site.diagnostic.Diagnostics;
import org.ekicho.wire.IpAddress;

/// `[mirror.serve]` as settings.
final class ServeReader {
    private static final List<String> DEFAULT_LISTEN = List.of("0.0.0.0:80", "[::]:80");
    private static final Pattern ENDPOINT = Pattern.compile("(?:\\[([^\\]]*)]|([^:]*)):([0-9]{1,5})");

    private final SectionReader serve;
    private final MirrorPaths paths;
    private final Diagnostics problems;

    ServeReader(SectionReader serve, MirrorPaths paths, Diagnostics problems) {
        this.serve = serve;
        this.paths = paths;
        this.problems = problems;
    }

    /// Empty unless the table is there.
    Optional<ServeSettings> settings() {
        if (!serve.isPresent()) {
            return Optional.empty();
        }
        List<String> tls = endpoints("tls-listen");
        List<String> plain = endpoints("listen");
        Optional<String> certificate = paths.file(serve, "certificate");
        Optional<String> key = paths.secret(serve, "key");
        if (serve.has("tls-listen")) {
            needs("certificate", "tls/mirror.pem");
            needs("key", "tls/mirror.key");
        } else if (serve.has("certificate") || serve.has("key")) {
            problems.add(Diagnostic.warning(
                            serve.at(serve.has("certificate") ? "certificate" : "key"),
                            "the certificate is not used: nothing listens with TLS")
                    .example("tls-listen = [\"0.0.0.0:443\"]"));
        }
        return Optional.of(new ServeSettings(
                serve.has("listen") || serve.has("tls-listen") ? plain : DEFAULT_LISTEN,
                tls,
                certificate,
                key,
                serve.text("access-log").map(paths.surroundings()::place),
                siblings()));
    }

    private void needs(String key, String example) {
        if (!serve.has(key)) {
            problems.add(Diagnostic.error(serve.at("tls-listen"), "tls-listen needs " + key)
                    .example(key + " = \"" + example + "\""));
        }
    }

    private List<String> endpoints(String key) {
        List<String> good = new ArrayList<>();
        List<String> texts = serve.texts(key);
        for (int i = 0; i < texts.size(); i++) {
            if (isEndpoint(texts.get(i))) {
                good.add(texts.get(i));
            } else {
                problems.add(Diagnostic.error(
                                serve.at(key, i), key + " takes no \"" + SectionReader.printable(texts.get(i)) + "\"")
                        .expected("address:port, or [IPv6 address]:port")
                        .example(key + " = [\"192.168.55.1:80\", \"[::]:80\"]"));
            }
        }
        return good;
    }

    private static boolean isEndpoint(String text) {
        Matcher form = ENDPOINT.matcher(text);
        if (!form.matches()) {
            return false;
        }
        boolean bracketed = form.group(1) != null;
        int port = Integer.parseInt(form.group(3));
        return port >= 1
                && port <= 65_535
                && IpAddress.parse(bracketed ? form.group(1) : form.group(2))
                        .filter(a -> a.isV4() != bracketed)
                        .isPresent();
    }

    private List<String> siblings() {
        List<String> good = new ArrayList<>();
        List<String> texts = serve.texts("siblings");
        for (int i = 0; i < texts.size(); i++) {
            Optional<String> url = MirrorReader.webAddress(texts.get(i));
            url.ifPresent(good::add);
            if (url.isEmpty()) {
                problems.add(MirrorReader.noWebAddress(
                        serve.at("siblings", i), texts.get(i), "siblings = [\"http://mirror2.lan\"]"));
            }
        }
        return good;
    }
}
