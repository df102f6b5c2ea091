package org.ekicho.site.view;

import java.util.List;
import java.util.Optional;
import org.ekicho.ntp.NtpReason;
import org.ekicho.ntp.access.ClientEntry;
import org.ekicho.ntp.packet.LeapIndicator;
import org.ekicho.ntp.packet.NtpMode;
import org.ekicho.ntp.packet.NtpTimestamp;
import org.ekicho.ntp.packet.ReferenceId;
import org.ekicho.ntp.server.ServerState;
import org.ekicho.ntp.settings.ClockMode;
import org.ekicho.ntp.view.AssociationView;
import org.ekicho.ntp.view.AssociationView.FilterSample;
import org.ekicho.ntp.view.AssociationView.Kind;
import org.ekicho.ntp.view.ReasonCount;
import org.ekicho.ntp.view.SelectionStatus;
import org.ekicho.ntp.view.StrayView;
import org.ekicho.ntp.view.TimeView;
import org.ekicho.wire.Endpoint;
import org.ekicho.wire.IpAddress;

/// A receiver of keyed multicasts, its local clock, and a second source with a wrong key, at a fixed time.
final class SampleViews {
    static final long SECOND = 1_000_000_000L;
    /// 2026-11-23 02:00:00 UTC.
    static final long NOW = 1_795_399_200L * SECOND;

    private SampleViews() {}

    static TimeView following(long now) {
        ServerState state = new ServerState(
                LeapIndicator.NONE,
                12,
                -23,
                0.000412,
                0.0315,
                IpAddress.literal("192.168.55.1").v4Bits(),
                now - 9 * SECOND,
                now - 9 * SECOND);
        return view(
                now,
                state,
                2,
                "synchronised to 192.168.55.1 (stratum 11), within 32 ms",
                List.of(localClock(now), multicast(now), wrongKey(now), stream(now)));
    }

    static TimeView unsynchronised(long now) {
        ServerState state = ServerState.unsynchronised(-23, ReferenceId.ofText("INIT"));
        return view(now, state, 0, "unsynchronised: ntp2.lan: " + NtpReason.BAD_MAC.sentence(), List.of(wrongKey(now)));
    }

    /// Serving the undisciplined local clock.
    static TimeView onLocalClock(long now) {
        ServerState state =
                new ServerState(LeapIndicator.NONE, 11, -23, 0, 0.01, ReferenceId.LOCAL_CLOCK, now - SECOND, now);
        return view(now, state, 1, "serving the local clock as stratum 11", List.of(localClock(now)));
    }

    /// Following an IPv6 source whose address is as long as they get.
    static TimeView longAddress(long now) {
        Endpoint far = new Endpoint(IpAddress.literal("2001:db8:1234:5678:9abc:def0:1234:5678"), 123);
        AssociationView like = multicast(now);
        AssociationView peer = new AssociationView(
                like.id(),
                Kind.UNICAST,
                far,
                far.address().toString(),
                like.local(),
                like.interfaceName(),
                true,
                like.authEnabled(),
                like.authentic(),
                like.reach(),
                like.unreach(),
                like.selection(),
                like.selectionReason(),
                like.hostMode(),
                NtpMode.SERVER,
                false,
                like.leap(),
                12,
                like.precision(),
                like.rootDelay(),
                like.rootDispersion(),
                IpAddress.literal("192.168.55.1").v4Bits(),
                like.reference(),
                like.lastReceived(),
                like.hostPoll(),
                like.peerPoll(),
                like.keyId(),
                like.ttl(),
                -1234.567_89,
                like.delaySeconds(),
                like.dispersionSeconds(),
                like.jitterSeconds(),
                like.filter(),
                like.sent(),
                like.received(),
                like.lastRefusal(),
                like.refusals(),
                like.flash(),
                like.lastEvent(),
                like.eventCount(),
                like.state());
        return view(now, following(now).state(), 2, following(now).sentence(), List.of(peer));
    }

    static List<TimeView> all(long now) {
        return List.of(following(now), unsynchronised(now), empty(now), onLocalClock(now), longAddress(now));
    }

    static TimeView empty(long now) {
        return view(
                now,
                ServerState.unsynchronised(-23, ReferenceId.ofText("INIT")),
                0,
                "unsynchronised: no source is configured",
                List.of());
    }

    static TimeView view(long now, ServerState state, int peer, String sentence, List<AssociationView> associations) {
        return new TimeView(
                now,
                now - 3600 * SECOND,
                ClockMode.OBSERVE,
                state,
                peer,
                6,
                0.000_021_5,
                -12.345,
                0.000_008,
                0.000_003,
                0.012,
                5,
                2,
                sentence,
                associations,
                List.of(new ReasonCount(NtpReason.BAD_MAC, 14)),
                List.of(
                        new StrayView(
                                new Endpoint(IpAddress.literal("192.168.55.7"), 123),
                                IpAddress.literal("224.0.1.1"),
                                11,
                                NtpReason.BAD_MAC,
                                14,
                                now - 3 * SECOND),
                        new StrayView(
                                new Endpoint(IpAddress.literal("fd00::1:2:3:4"), 123),
                                IpAddress.literal("ff05::101"),
                                0,
                                NtpReason.MISSING_MAC,
                                1,
                                now - 4000 * SECOND)),
                0.004);
    }

    static AssociationView localClock(long now) {
        return new AssociationView(
                1,
                Kind.LOCAL_CLOCK,
                endpoint("127.127.1.0"),
                "LOCAL(0)",
                IpAddress.LOOPBACK_V4,
                "",
                true,
                false,
                false,
                0xff,
                0,
                SelectionStatus.REJECT,
                "kept back while another source can be followed",
                NtpMode.CLIENT,
                NtpMode.SERVER,
                false,
                LeapIndicator.NONE,
                10,
                -23,
                0,
                0.01,
                ReferenceId.ofText("LOCL"),
                0,
                NtpTimestamp.ofNanos(now - 12 * SECOND),
                6,
                6,
                0,
                0,
                0,
                0,
                0.002,
                0,
                List.of(),
                0,
                0,
                Optional.empty(),
                List.of(),
                0,
                4,
                1,
                "kept in reserve");
    }

    static AssociationView multicast(long now) {
        return new AssociationView(
                2,
                Kind.BROADCAST_RECEIVER,
                endpoint("192.168.55.1"),
                "192.168.55.1",
                IpAddress.literal("192.168.55.2"),
                "eth0",
                false,
                true,
                true,
                0x3f,
                0,
                SelectionStatus.SYS_PEER,
                "",
                NtpMode.CLIENT,
                NtpMode.BROADCAST,
                false,
                LeapIndicator.NONE,
                11,
                -24,
                0,
                0.0012,
                ReferenceId.LOCAL_CLOCK,
                NtpTimestamp.ofNanos(now - 20 * SECOND),
                NtpTimestamp.ofNanos(now - 9 * SECOND),
                4,
                4,
                10,
                0,
                0.000_021_5,
                0.000_412,
                0.000_93,
                0.000_008,
                List.of(
                        new FilterSample(0.000_021_5, 0.000_412, 0.000_93),
                        new FilterSample(0.000_019, 0.000_44, 0.001_2)),
                6,
                23,
                Optional.empty(),
                List.of(),
                0,
                10,
                3,
                "following; delay measured 34 s ago");
    }

    static AssociationView wrongKey(long now) {
        return new AssociationView(
                3,
                Kind.UNICAST,
                new Endpoint(IpAddress.literal("fd00::5:1"), 123),
                "ntp2.lan",
                IpAddress.literal("fd00::5:2"),
                "eth0",
                true,
                true,
                false,
                0,
                7,
                SelectionStatus.REJECT,
                "no authentic packet so far",
                NtpMode.CLIENT,
                NtpMode.RESERVED,
                false,
                LeapIndicator.UNSYNCHRONISED,
                16,
                0,
                0,
                0,
                ReferenceId.ofText("INIT"),
                0,
                0,
                6,
                10,
                11,
                0,
                0,
                0,
                16,
                0,
                List.of(),
                7,
                7,
                Optional.of(NtpReason.BAD_MAC),
                List.of(new ReasonCount(NtpReason.BAD_MAC, 7), new ReasonCount(NtpReason.TIMED_OUT, 2)),
                0x1000,
                12,
                1,
                "its packets are refused");
    }

    static AssociationView stream(long now) {
        return new AssociationView(
                4,
                Kind.BROADCAST_STREAM,
                endpoint("224.0.1.1"),
                "224.0.1.1",
                IpAddress.literal("192.168.56.1"),
                "eth1",
                true,
                true,
                false,
                0,
                0,
                SelectionStatus.REJECT,
                "",
                NtpMode.BROADCAST,
                NtpMode.RESERVED,
                false,
                LeapIndicator.UNSYNCHRONISED,
                16,
                -23,
                0,
                0,
                ReferenceId.ofText("MCST"),
                0,
                0,
                6,
                6,
                10,
                32,
                0,
                0,
                16,
                0,
                List.of(),
                56,
                0,
                Optional.empty(),
                List.of(),
                0,
                1,
                1,
                "sent 12 s ago");
    }

    static List<ClientEntry> clients(long now, int count) {
        return java.util.stream.IntStream.range(0, count)
                .mapToObj(i -> new ClientEntry(
                        new Endpoint(IpAddress.ofV4(0x0a000001 + i), 123),
                        now - 4000 * SECOND,
                        now - (i + 1) * SECOND,
                        10 + i,
                        9 + i,
                        3,
                        4,
                        0,
                        10,
                        i % 7 == 0 ? NtpReason.RATE_KISSED : NtpReason.OK))
                .toList();
    }

    private static Endpoint endpoint(String address) {
        return new Endpoint(IpAddress.literal(address), 123);
    }
}
