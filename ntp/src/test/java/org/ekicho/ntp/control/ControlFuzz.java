package org.ekicho.ntp.control;

import java.util.List;
import java.util.Optional;
import org.ekicho.ntp.access.ClientEntry;
import org.ekicho.ntp.settings.TimeSettings;
import org.ekicho.wire.Datagram;
import org.ekicho.wire.IpAddress;
import org.ekicho.wire.Moment;

/// Any bytes as a control query: never an exception, every answer well formed, bounded, and to the asker; what is
/// decoded and encoded is decoded to the same. A byte string that holds a nonce query is answered with a real nonce.
public final class ControlFuzz {
    /// The longest honest answer is a client list of 128 fragments.
    private static final int MOST_FRAGMENTS = 129;

    private static final Moment MOMENT = new Moment(SampleViews.NOW, 0);
    private static final List<ClientEntry> CLIENTS = SampleViews.clients(SampleViews.NOW, 40);
    private static final ControlFacts FACTS = SampleViews.facts(SampleViews.following(SampleViews.NOW), CLIENTS);
    private static final ControlServer SERVER = new ControlServer(
            TimeSettings.minimal(), new ControlIdentity("ekicho 0.1.0", "x86_64", "Linux/6.12.0"), new byte[16]);
    /// What a nonce for this asker and moment is, so that fuzzing gets past it.
    private static final String NONCE = new ControlNonce(new byte[16])
            .make(new Datagram().peer(asker(), 4000).peerEndpoint(), MOMENT.clockNanos());

    private ControlFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        check(new Datagram().payload(data).peer(asker(), 4000));
        if (data.length > 0) {
            String rest = new String(data, 1, data.length - 1, java.nio.charset.StandardCharsets.ISO_8859_1);
            String query = "nonce=" + NONCE + "," + rest.substring(0, Math.min(400, rest.length()));
            int opcode = (data[0] & 1) == 0 ? ControlOpcode.READ_MRU.code() : data[0] >> 1 & 0x1f;
            check(ControlServerTest.query(opcode, data[0] & 3, query).peer(asker(), 4000));
        }
    }

    private static IpAddress asker() {
        return IpAddress.LOOPBACK_V4;
    }

    private static void check(Datagram query) {
        Optional<ControlPacket> asked = ControlCodec.decode(query.bytes, query.length);
        asked.ifPresent(ControlFuzz::checkRoundTrip);
        switch (SERVER.answer(query, FACTS, MOMENT)) {
            case ControlAction.Drop(var reason) -> require(!reason.sentence().isEmpty(), "a drop has a reason");
            case ControlAction.Replies(var fragments, var reason) -> {
                require(reason != null && !fragments.isEmpty(), "an answer has fragments");
                require(fragments.size() <= MOST_FRAGMENTS, "an answer is bounded: " + fragments.size());
                checkFragments(fragments, asked.orElseThrow());
            }
        }
    }

    private static void checkRoundTrip(ControlPacket packet) {
        byte[] bytes = ControlCodec.encode(packet);
        require(ControlCodec.decode(bytes, bytes.length).equals(Optional.of(packet)), "decodes to itself");
    }

    private static void checkFragments(List<Datagram> fragments, ControlPacket asked) {
        int offset = 0;
        for (Datagram fragment : fragments) {
            ControlPacket packet =
                    ControlCodec.decode(fragment.bytes, fragment.length).orElseThrow();
            require(packet.response() && packet.sequence() == asked.sequence(), "answers the query");
            require(packet.version() == asked.version(), "echoes the version");
            require(fragment.length % 4 == 0 && packet.data().length() <= ControlCodec.MAX_DATA, "fits and is padded");
            require(packet.offset() == offset, "fragments join");
            require(packet.more() == !fragment.equals(fragments.getLast()), "only the last has no more");
            require(fragment.peer().equals(asker()) && fragment.peerPort == 4000, "goes to the asker");
            offset += packet.data().length();
        }
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new AssertionError("broken: " + rule);
        }
    }
}
