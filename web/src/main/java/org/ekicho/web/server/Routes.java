package org.ekicho.web.server;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.HostAndPort;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ekicho.mirror.settings.ChannelName;
import org.ekicho.mirror.settings.ClientGeneration;
import org.ekicho.mirror.settings.RepoId;
import org.ekicho.mirror.snapshot.MirrorLayout;
import org.ekicho.mirror.snapshot.Timestamps;
import org.ekicho.web.WebReason;
import org.ekicho.web.files.FolderReading;
import org.ekicho.web.files.Found;
import org.ekicho.web.files.ServedFolder;
import org.ekicho.web.files.ShownBeside;
import org.ekicho.web.files.SnapshotPath;
import org.ekicho.web.lists.Metalink;
import org.ekicho.web.lists.Mirrorlist;
import org.ekicho.web.page.Listing;
import org.ekicho.web.page.StartPage;
import org.ekicho.web.path.RequestPath;

/// Which answer a path gets.
///
/// ```text
/// /                                     what is offered
/// /mirrorlist/CHANNEL/REPO              addresses of one snapshot
/// /metalink/CHANNEL/REPO                the same, with checksums of its repomd.xml
/// /client/CHANNEL.repo?for=el9          a .repo file
/// /adopt.sh                             a script that adopts a client's own .repo files
/// everything else                       a file or folder below www
/// ```
final class Routes {
    private static final String HTML = "text/html; charset=utf-8";
    private static final String TEXT = "text/plain; charset=utf-8";
    private static final String METALINK = "application/metalink+xml; charset=utf-8";
    private static final String ASK = "no-cache";

    private final ServedFolder folder;
    private final Optional<String> url;
    private final ClientFiles clients;

    Routes(ServedFolder folder, Optional<String> url, ClientFiles clients) {
        this.folder = folder;
        this.url = url;
        this.clients = clients;
    }

    void answer(Exchange exchange) {
        switch (RequestPath.parse(exchange.request().uri())) {
            case RequestPath.Refused(WebReason reason) ->
                exchange.refuse(reason == WebReason.TOO_LONG ? 414 : 404, reason);
            case RequestPath.Plain plain -> answer(exchange, plain);
        }
    }

    private void answer(Exchange exchange, RequestPath.Plain asked) {
        String path = asked.path();
        if (path.startsWith("/m") || path.startsWith("/c") || path.startsWith("/a") || path.equals("/")) {
            String[] parts = asked.parts();
            switch (parts.length == 0 ? "" : parts[0]) {
                case "" -> start(exchange);
                case "mirrorlist" -> list(exchange, parts, TEXT, this::mirrorlist);
                case "metalink" -> list(exchange, parts, METALINK, this::metalink);
                case "client" -> client(exchange, asked, parts);
                case "adopt.sh" -> adopt(exchange);
                default -> below(exchange, asked);
            }
        } else {
            below(exchange, asked);
        }
    }

    private void below(Exchange exchange, RequestPath.Plain asked) {
        Found.File known = folder.known(asked.path());
        if (known != null) {
            new FileAnswer(exchange, known).send();
        } else {
            exchange.look(() -> found(asked.path()), found -> send(exchange, asked, found));
        }
    }

    /// What is at a path; may wait for the disk.
    private Found found(String path) throws IOException {
        Found found = folder.find(path);
        if (found instanceof Found.Missing) {
            Optional<Found.File> beside = ShownBeside.find(folder, path);
            return beside.isPresent() ? beside.get() : found;
        }
        return found;
    }

    private void send(Exchange exchange, RequestPath.Plain asked, Found found) {
        switch (found) {
            case Found.File file -> new FileAnswer(exchange, file).send();
            case Found.Unreadable(IOException why) -> exchange.failed(why);
            case Found.Folder(Path real) -> {
                if (asked.isFolder()) {
                    listing(exchange, asked, real);
                } else {
                    moved(exchange);
                }
            }
            case Found.Missing(WebReason reason) -> exchange.refuse(404, reason);
        }
    }

    /// To the same path with a slash at the end, so that links in the page are right.
    private static void moved(Exchange exchange) {
        String target = exchange.request().uri();
        int question = target.indexOf('?');
        int path = target.startsWith("/") ? 0 : target.indexOf('/', target.indexOf("//") + 2);
        String to = question < 0
                ? target.substring(path) + "/"
                : target.substring(path, question) + "/" + target.substring(question);
        exchange.answer(301)
                .putHeader(Names.LOCATION, to)
                .putHeader(Names.CACHING, ASK)
                .putHeader(Names.LENGTH, "0");
        exchange.end();
    }

    private void listing(Exchange exchange, RequestPath.Plain asked, Path real) {
        page(
                exchange,
                () -> Listing.format(
                        asked.path(),
                        FolderReading.entries(real),
                        Listing.By.of(asked.ask("by")),
                        Listing.Direction.of(asked.ask("order"))));
    }

    private void start(Exchange exchange) {
        String base = base(exchange);
        page(exchange, () -> new StartPage(base, FolderReading.channels(folder)).format());
    }

    private interface PageMaking {
        String make() throws IOException;
    }

    private static void page(Exchange exchange, PageMaking making) {
        exchange.page(making::make, html -> {
            exchange.answer(200)
                    .putHeader(Names.TYPE, HTML)
                    .putHeader(Names.CACHING, ASK)
                    .putHeader("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'")
                    .putHeader("X-Content-Type-Options", "nosniff");
            exchange.end(Buffer.buffer(html.getBytes(StandardCharsets.UTF_8)));
        });
    }

    private interface Listed {
        /// The text for a snapshot; empty when there is none.
        Optional<String> text(List<String> servers, SnapshotPath snapshot) throws IOException;
    }

    /// A list for `/KIND/CHANNEL/REPO`.
    private void list(Exchange exchange, String[] parts, String type, Listed listed) {
        if (parts.length != 3 || !ChannelName.isValid(parts[1]) || !RepoId.isValid(parts[2])) {
            exchange.refuse(404, WebReason.NOT_THERE);
            return;
        }
        String base = base(exchange);
        exchange.look(() -> SnapshotPath.of(folder, "/" + parts[1] + "/" + parts[2]), snapshot -> {
            if (snapshot.isEmpty()) {
                exchange.refuse(404, WebReason.NOT_THERE);
                return;
            }
            SnapshotPath found = snapshot.get();
            exchange.siblings().having(found.address() + MirrorLayout.REPOMD, siblings -> {
                List<String> servers = new ArrayList<>();
                servers.add(base);
                servers.addAll(siblings);
                exchange.look(
                        () -> listed.text(servers, found),
                        text -> text.ifPresentOrElse(
                                list -> exchange.text(200, type, ASK, list),
                                () -> exchange.refuse(404, WebReason.NOT_THERE)));
            });
        });
    }

    private Optional<String> mirrorlist(List<String> servers, SnapshotPath snapshot) {
        return Optional.of(Mirrorlist.format(Mirrorlist.addresses(servers, snapshot.address())));
    }

    private Optional<String> metalink(List<String> servers, SnapshotPath snapshot) throws IOException {
        String path = snapshot.address() + MirrorLayout.REPOMD;
        return switch (folder.find(path)) {
            case Found.File file -> {
                byte[] repomd = file.content().all();
                yield Optional.of(Metalink.format(
                        repomd,
                        Timestamps.newest(new String(repomd, StandardCharsets.ISO_8859_1)),
                        Mirrorlist.addresses(servers, path),
                        Instant.now()));
            }
            case Found.Unreadable(IOException why) -> throw why;
            case Found.Folder folder -> Optional.empty();
            case Found.Missing missing -> Optional.empty();
        };
    }

    private void client(Exchange exchange, RequestPath.Plain asked, String[] parts) {
        String name = parts.length == 2 && parts[1].endsWith(".repo")
                ? parts[1].substring(0, parts[1].length() - ".repo".length())
                : "";
        if (!ChannelName.isValid(name)) {
            exchange.refuse(404, WebReason.NOT_THERE);
            return;
        }
        Optional<ClientGeneration> kind = ClientGeneration.of(asked.ask("for"));
        String base = base(exchange);
        exchange.page(
                () -> clients.repoFile(new ChannelName(name), kind, base), text -> exchange.text(200, TEXT, ASK, text));
    }

    private void adopt(Exchange exchange) {
        clients.adoptScript(base(exchange))
                .ifPresentOrElse(
                        script -> exchange.text(200, TEXT, ASK, script),
                        () -> exchange.refuse(400, WebReason.MALFORMED));
    }

    /// How the client reaches us: as the settings say, else as it asked.
    private String base(Exchange exchange) {
        return url.orElseGet(() -> {
            HostAndPort asked = exchange.request().authority();
            String scheme = exchange.request().isSSL() ? "https://" : "http://";
            return scheme + (asked == null ? exchange.request().localAddress().toString() : asked.toString());
        });
    }
}
