package org.ekicho.ntp.control;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.time.Instant;
import org.ekicho.ntp.access.ClientEntry;
import org.ekicho.ntp.settings.TimeSettings;
import org.ekicho.ntp.view.TimeView;
import org.ekicho.wire.Datagram;
import org.ekicho.wire.IpAddress;
import org.ekicho.wire.Moment;

/// Serves a fixed picture to real tools, for trying out by hand:
/// `java -cp ... org.ekicho.ntp.control.FixedViewMain 123 following|unsynchronised|empty`.
public final class FixedViewMain {
    private FixedViewMain() {}

    public static void main(String[] args) throws IOException {
        ControlServer server = new ControlServer(
                TimeSettings.minimal(), new ControlIdentity("ekicho 0.1.0", "x86_64", "Linux/6.12.0"), new byte[16]);
        ByteBuffer buffer = ByteBuffer.allocate(2048);
        long listedAt = nanos(Instant.now());
        try (DatagramChannel channel = DatagramChannel.open()) {
            channel.bind(new InetSocketAddress(Integer.parseInt(args[0])));
            while (!Thread.interrupted()) {
                buffer.clear();
                InetSocketAddress from = (InetSocketAddress) channel.receive(buffer);
                buffer.flip();
                byte[] bytes = new byte[buffer.remaining()];
                buffer.get(bytes);
                Datagram query = new Datagram().payload(bytes).peer(IpAddress.of(from.getAddress()), from.getPort());
                long now = nanos(Instant.now());
                ControlFacts facts = SampleViews.facts(picture(args[1], now), clients(listedAt));
                report(server.answer(query, facts, new Moment(now, System.nanoTime())), channel, from);
            }
        }
    }

    private static java.util.List<ClientEntry> clients(long now) {
        return SampleViews.clients(now, 300);
    }

    private static void report(ControlAction action, DatagramChannel channel, InetSocketAddress to) throws IOException {
        switch (action) {
            case ControlAction.Drop(var reason) -> System.out.println("dropped: " + reason.sentence());
            case ControlAction.Replies(var fragments, var reason) -> {
                System.out.println(fragments.size() + " fragments, " + reason);
                for (Datagram fragment : fragments) {
                    channel.send(ByteBuffer.wrap(fragment.toPayload()), to);
                }
            }
        }
    }

    private static TimeView picture(String name, long now) {
        return switch (name) {
            case "following" -> SampleViews.following(now);
            case "unsynchronised" -> SampleViews.unsynchronised(now);
            case "empty" -> SampleViews.empty(now);
            default -> throw new IllegalArgumentException("following, unsynchronised or empty, not " + name);
        };
    }

    private static long nanos(Instant instant) {
        return instant.getEpochSecond() * SampleViews.SECOND + instant.getNano();
    }
}
