package org.ekicho.netboot.trace.tap;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.ekicho.netboot.trace.BootEvent;
import org.ekicho.netboot.trace.Who;
import org.ekicho.wire.BigEndian;
import org.ekicho.wire.Endpoint;

/// Follows HTTP requests on the wire as far as their first packets tell: request line, User-Agent, Range, status line,
/// and by the sequence numbers how much was sent. A conversation whose requests are not in the capture is reported by
/// its size.
final class TapHttp {
    /// Conversations followed at once; the eldest is given up for a new one.
    static final int MAX_CONVERSATIONS = 1024;

    private static final int FIN = 1;
    private static final int SYN = 2;
    private static final int RST = 4;
    private static final int ACK = 16;
    /// More than this between two sequence numbers is a number of another conversation.
    private static final long MOST_BYTES = 1L << 31;

    private record Key(Endpoint client, Endpoint server) {}

    private static final class Talk {
        final Who who;
        final Key key;
        final long startedAt;
        final long clientFirst;
        long serverFirst = -1;
        long clientMost;
        long serverMost;
        boolean anyRequest;
        Optional<Asked> asked = Optional.empty();
        int status;
        long lastAt;

        Talk(Who who, Key key, long at, long clientFirst) {
            this.who = who;
            this.key = key;
            this.startedAt = at;
            this.clientFirst = clientFirst;
            this.lastAt = at;
        }

        List<BootEvent> answered() {
            if (asked.isEmpty() || status == 0) return List.of();
            Asked one = asked.get();
            asked = Optional.empty();
            long bytes = Math.max(0, serverMost - one.serverAt() - one.head());
            return List.of(new BootEvent.Http(
                    one.at(),
                    who,
                    one.method(),
                    one.path(),
                    status,
                    bytes,
                    lastAt - one.at(),
                    one.agent(),
                    one.range(),
                    Optional.empty()));
        }

        List<BootEvent> end(boolean over) {
            if (anyRequest) return answered();
            return serverFirst < 0
                    ? List.of()
                    : List.of(new BootEvent.Conversation(
                            startedAt, who, key.server(), clientMost, serverMost, lastAt - startedAt, over));
        }
    }

    private record Asked(long at, String method, String path, String agent, String range, long serverAt, int head) {}

    private final Map<Key, Talk> open = new LinkedHashMap<>();

    /// Reads a packet if it is one of TCP.
    List<BootEvent> packet(long at, IpPacket packet) {
        int header = packet.transport();
        if (packet.protocol() != IpPacket.TCP || header + 20 > packet.end()) return List.of();
        int flags = BigEndian.u8(packet.bytes(), header + 13);
        Key ours = new Key(packet.from(), packet.to());
        if ((flags & (SYN | ACK)) == SYN) return opened(at, packet, ours);
        Talk asClient = open.get(ours);
        Talk asServer = open.get(new Key(packet.to(), packet.from()));
        Talk talk = asClient != null ? asClient : asServer;
        if (talk == null) return List.of();
        return follow(at, packet, talk, asClient != null, flags);
    }

    private List<BootEvent> opened(long at, IpPacket packet, Key key) {
        Talk known = open.get(key);
        List<BootEvent> events = known == null ? List.of() : known.end(true);
        long first = BigEndian.u32(packet.bytes(), packet.transport() + 4) + 1;
        open.put(key, new Talk(Who.of(packet.source(), packet.from().address()), key, at, first));
        if (open.size() > MAX_CONVERSATIONS)
            open.remove(open.keySet().iterator().next());
        return events;
    }

    private List<BootEvent> follow(long at, IpPacket packet, Talk talk, boolean fromClient, int flags) {
        byte[] bytes = packet.bytes();
        int header = packet.transport();
        int offset = (BigEndian.u8(bytes, header + 12) >>> 4) * 4;
        int length = Math.max(0, packet.length() - offset);
        long sequence = BigEndian.u32(bytes, header + 4);
        long acknowledged = BigEndian.u32(bytes, header + 8);
        if (!fromClient && (flags & SYN) != 0) {
            talk.serverFirst = sequence + 1;
            return List.of();
        }
        // The reset of a connection of old that was not yet opened: nothing was talked.
        if (talk.serverFirst < 0) {
            if ((flags & RST) != 0) open.remove(talk.key);
            return List.of();
        }
        talk.lastAt = at;
        String text = length > 0 && header + offset < packet.end()
                ? new String(bytes, header + offset, packet.end() - header - offset, StandardCharsets.ISO_8859_1)
                : "";
        List<BootEvent> events = new ArrayList<>();
        if (fromClient) {
            talk.clientMost = Math.max(talk.clientMost, distance(sequence + length, talk.clientFirst));
            // EDK2 fills in the acknowledgement of its resets without the flag.
            talk.serverMost = Math.max(talk.serverMost, distance(acknowledged, talk.serverFirst));
            request(at, talk, text, events);
        } else {
            talk.serverMost = Math.max(talk.serverMost, distance(sequence + length, talk.serverFirst));
            response(talk, text);
        }
        if ((flags & (FIN | RST)) != 0) {
            events.addAll(talk.end(true));
            open.remove(talk.key);
        }
        return events;
    }

    private static long distance(long number, long first) {
        long bytes = (number - first) & 0xffff_ffffL;
        return bytes < MOST_BYTES ? bytes : 0;
    }

    private static void request(long at, Talk talk, String text, List<BootEvent> events) {
        if (!text.startsWith("GET ")
                && !text.startsWith("HEAD ")
                && !text.startsWith("POST ")
                && !text.startsWith("PUT ")) return;
        events.addAll(talk.answered());
        String[] lines = text.split("\r?\n", 64);
        String[] words = lines[0].split(" ", 3);
        talk.anyRequest = true;
        talk.status = 0;
        talk.asked = Optional.of(new Asked(
                at,
                words[0],
                words.length > 1 ? words[1] : "",
                field(lines, "user-agent:"),
                field(lines, "range:"),
                talk.serverMost,
                0));
    }

    private static void response(Talk talk, String text) {
        if (talk.asked.isEmpty() || talk.status != 0 || !text.startsWith("HTTP/1.") || text.length() < 12) return;
        String code = text.substring(9, 12);
        if (!code.matches("[1-5][0-9]{2}")) return;
        talk.status = Integer.parseInt(code);
        int body = text.indexOf("\r\n\r\n");
        Asked asked = talk.asked.get();
        talk.asked = Optional.of(new Asked(
                asked.at(),
                asked.method(),
                asked.path(),
                asked.agent(),
                asked.range(),
                asked.serverAt(),
                body < 0 ? 0 : body + 4));
    }

    private static String field(String[] lines, String name) {
        for (String line : lines) {
            if (line.toLowerCase(Locale.ROOT).startsWith(name))
                return line.substring(name.length()).strip();
        }
        return "";
    }

    /// The capture has ended: what is still open is reported as far as it came.
    List<BootEvent> finish() {
        List<BootEvent> events = new ArrayList<>();
        open.values().forEach(talk -> events.addAll(talk.end(false)));
        open.clear();
        return events;
    }
}
