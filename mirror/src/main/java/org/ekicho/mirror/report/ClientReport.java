package org.ekicho.mirror.report;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ekicho.mirror.settings.ChannelName;
import org.ekicho.mirror.settings.RepoId;
import org.ekicho.mirror.snapshot.SnapshotId;
import org.jspecify.annotations.Nullable;

/// Who uses the mirror: takes the lines of access logs, oldest first, and keeps one picture of each client. Its
/// memory does not grow with the log.
public final class ClientReport {
    /// Clients kept; beyond it the one not seen for longest is forgotten. A large site, ten times over.
    public static final int MAX_CLIENTS = 20_000;
    /// Repositories kept of one client.
    private static final int MAX_REPOS = 64;
    /// Package names kept of one client.
    private static final int LATEST = 5;
    /// Longest name or path kept, in characters.
    private static final int MAX_NAME = 200;

    private final ServedHistory history;
    private final Instant since;
    private final LinkedHashMap<String, Client> clients = new LinkedHashMap<>(64, 0.75f, true);
    private long lines;
    private long unread;
    private long forgotten;

    /// @param since lines before it are left out
    public ClientReport(ServedHistory history, Instant since) {
        this.history = history;
        this.since = since;
    }

    /// Takes a line as it stands in the log.
    public void add(String line) {
        Optional<LogLine> parsed = LogLineParser.parse(line);
        if (parsed.isEmpty()) {
            unread++;
        } else if (!parsed.get().at().isBefore(since)) {
            lines++;
            take(parsed.get());
        }
    }

    private void take(LogLine line) {
        String address = line.client().length() > MAX_NAME ? line.client().substring(0, MAX_NAME) : line.client();
        Client client = clients.computeIfAbsent(address, a -> new Client());
        if (clients.size() > MAX_CLIENTS) {
            clients.pollFirstEntry();
            forgotten++;
        }
        client.take(line, Fetch.of(line.path(), history.aliases()));
    }

    /// Lines that were counted.
    public long lines() {
        return lines;
    }

    /// Lines that are not of the combined format.
    public long unread() {
        return unread;
    }

    /// Clients that found no room.
    public long forgotten() {
        return forgotten;
    }

    /// The clients, who was seen last first.
    public List<ClientUse> clients() {
        List<Map.Entry<String, Client>> all = new ArrayList<>(clients.entrySet());
        all.sort(Comparator.comparing((Map.Entry<String, Client> e) -> e.getValue().lastSeen)
                .reversed()
                .thenComparing(Map.Entry::getKey));
        return all.stream().map(e -> e.getValue().use(e.getKey())).toList();
    }

    /// Which repository through which channel.
    private record Where(RepoId repo, @Nullable ChannelName channel) {}

    /// Whose repomd.xml was fetched when.
    private record Root(@Nullable SnapshotId snapshot, Instant at) {}

    /// What is kept of a client.
    private final class Client {
        private Instant lastSeen = Instant.MIN;
        private String agent = "";
        private final Map<Where, Optional<Root>> repos = new LinkedHashMap<>();
        private final Map<RepoId, ChannelName> lists = new LinkedHashMap<>();
        private final Deque<String> latest = new ArrayDeque<>();
        private long packages;
        private long bytes;
        private long errors;
        private String lastError = "";

        void take(LogLine line, Optional<Fetch> fetch) {
            lastSeen = line.at().isAfter(lastSeen) ? line.at() : lastSeen;
            bytes = Math.addExact(bytes, Math.min(line.bytes(), Long.MAX_VALUE - bytes));
            if (!line.agent().isEmpty()) {
                agent = line.agent();
            }
            if (line.status() >= 400) {
                errors++;
                String text = line.status() + " " + line.path();
                lastError = text.length() > MAX_NAME ? text.substring(0, MAX_NAME) : text;
            } else if (fetch.isPresent() && line.isGood() && line.method().equals("GET")) {
                take(line, fetch.get());
            }
        }

        private void take(LogLine line, Fetch fetch) {
            switch (fetch.kind()) {
                case LIST -> remember(lists, fetch.repo(), fetch.channel().orElse(ChannelName.LATEST));
                case PACKAGE -> {
                    use(fetch, Optional.empty());
                    fetched(fetch.name(), line.status());
                }
                case ROOT -> {
                    SnapshotId snapshot = fetch.snapshot()
                            .or(() -> history.shown(fetch.channel().orElseThrow(), fetch.repo(), line.at()))
                            .orElse(null);
                    use(fetch, Optional.of(new Root(snapshot, line.at())));
                }
                case OTHER -> use(fetch, Optional.empty());
            }
        }

        /// A client that was given a snapshot's address by a list belongs to the list's channel.
        private void use(Fetch fetch, Optional<Root> root) {
            Where where = new Where(fetch.repo(), fetch.channel().orElseGet(() -> lists.get(fetch.repo())));
            if (root.isPresent() || !repos.containsKey(where)) {
                remember(repos, where, root);
            }
        }

        private static <K, V> void remember(Map<K, V> map, K key, V value) {
            if (map.size() < MAX_REPOS || map.containsKey(key)) {
                map.put(key, value);
            }
        }

        /// Parts of one package, asked for one after the other, are one package.
        private void fetched(String name, int status) {
            String kept = name.length() > MAX_NAME ? name.substring(0, MAX_NAME) : name;
            if (status == 304 || (status == 206 && kept.equals(latest.peekFirst()))) {
                return;
            }
            packages++;
            latest.remove(kept);
            latest.addFirst(kept);
            if (latest.size() > LATEST) {
                latest.removeLast();
            }
        }

        ClientUse use(String address) {
            Agent said = Agent.parse(agent);
            List<ClientUse.RepoUse> uses = new ArrayList<>();
            repos.forEach((where, root) -> uses.add(use(where, root)));
            return new ClientUse(
                    address,
                    lastSeen.toString(),
                    said.tool(),
                    said.os(),
                    said.arch(),
                    uses,
                    packages,
                    bytes,
                    List.copyOf(latest),
                    errors,
                    lastError);
        }

        private ClientUse.RepoUse use(Where where, Optional<Root> root) {
            Optional<ChannelName> channel = Optional.ofNullable(where.channel());
            Optional<SnapshotId> has = root.flatMap(r -> Optional.ofNullable(r.snapshot()));
            return new ClientUse.RepoUse(
                    where.repo().text(),
                    channel.map(ChannelName::text).orElse(""),
                    has.map(SnapshotId::text).orElse(""),
                    root.map(r -> r.at().toString()).orElse(""),
                    has.map(id -> history.behind(channel, where.repo(), id)).orElse(0));
        }
    }
}
