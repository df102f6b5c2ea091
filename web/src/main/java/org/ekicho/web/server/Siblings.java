package org.ekicho.web.server;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// The other servers that clients may go to. One is named only while it is known to have the very snapshot: servers
/// that sync by themselves have other snapshots, or the same somewhat later, and a client that was sent there would
/// get 404 or another state. What a server has is asked once, and remembered. Belongs to one event loop.
final class Siblings {
    /// How long it is believed that a server has a snapshot: half an hour after it was collected there, nobody is
    /// sent there any more.
    private static final long HAS_NANOS = 1_800_000_000_000L;
    /// How long it is believed that it has none, or is down.
    private static final long LACKS_NANOS = 30_000_000_000L;
    /// How long the answer of a server is waited for: longer than a LAN needs, short for who waits for the list.
    private static final int WAIT_MILLIS = 1_000;
    /// Answers remembered: all snapshots of all repositories of a large site.
    private static final int MAX_KNOWN = 5_000;

    private final List<String> servers;
    private final HttpClient client;
    private final Map<String, Known> known = new HashMap<>();

    /// @param has   whether it has what is at the address; being asked still, at first
    /// @param until when it is asked again, by the clock of `System.nanoTime`
    private record Known(Future<Boolean> has, long until) {}

    /// @param servers base addresses without a slash at the end
    Siblings(Vertx vertx, List<String> servers) {
        this.servers = List.copyOf(servers);
        // Only whether there is something is asked; whom to trust is for the clients, who check what they get.
        this.client = vertx.createHttpClient(new HttpClientOptions()
                .setConnectTimeout(WAIT_MILLIS)
                .setTrustAll(true)
                .setVerifyHost(false));
    }

    /// Gives those that have a path, in the order of the settings; at once when that is known.
    ///
    /// @param path of a file of a snapshot
    void having(String path, Consumer<List<String>> then) {
        List<Future<Boolean>> answers =
                servers.stream().map(server -> has(server + path)).toList();
        Future.join(answers).onComplete(all -> {
            List<String> having = new ArrayList<>();
            for (int i = 0; i < servers.size(); i++) {
                if (answers.get(i).succeeded() && answers.get(i).result()) {
                    having.add(servers.get(i));
                }
            }
            then.accept(having);
        });
    }

    private Future<Boolean> has(String address) {
        long now = System.nanoTime();
        Known before = known.get(address);
        if (before != null && (!before.has.isComplete() || now - before.until < 0)) {
            return before.has;
        }
        if (known.size() >= MAX_KNOWN) {
            known.clear();
        }
        Future<Boolean> asked = ask(address);
        known.put(address, new Known(asked, now + LACKS_NANOS));
        asked.onSuccess(
                has -> known.put(address, new Known(asked, System.nanoTime() + (has ? HAS_NANOS : LACKS_NANOS))));
        return asked;
    }

    private Future<Boolean> ask(String address) {
        try {
            return client.request(new RequestOptions()
                            .setMethod(HttpMethod.HEAD)
                            .setAbsoluteURI(address)
                            .setTimeout(WAIT_MILLIS)
                            .setIdleTimeout(WAIT_MILLIS))
                    .compose(request -> request.send())
                    .map(response -> response.statusCode() == 200)
                    .otherwise(false);
        } catch (IllegalArgumentException e) {
            // The settings name something that is no address.
            return Future.succeededFuture(false);
        }
    }
}
