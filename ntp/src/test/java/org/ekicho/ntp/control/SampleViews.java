package org.ekicho.ntp.control;

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
import org.ekicho.ntp.view.SelectionStatus;
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
        return view(now, state, 2, List.of(localClock(now), multicast(now), wrongKey(now), stream(now)));
    }

    static TimeView unsynchronised(long now) {
        ServerState state = ServerState.unsynchronised(-23, ReferenceId.ofText("INIT"));
        return view(now, state, 0, List.of(wrongKey(now)));
    }

    static TimeView empty(long now) {
        return view(now, ServerState.unsynchronised(-23, ReferenceId.ofText("INIT")), 0, List.of());
    }

    static TimeView view(long now, ServerState state, int peer, List<AssociationView> associations) {
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
                "synchronised to 192.168.55.1 (stratum 11), within 0.4 ms",
                associations,
                List.of(),
                List.of(),
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
                List.of(),
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

    static ControlFacts facts(TimeView view, List<ClientEntry> clients) {
        return new ControlFacts() {
            @Override
            public TimeView view() {
                return view;
            }

            @Override
            public long[] counters() {
                long[] counters = new long[NtpReason.values().length];
                counters[NtpReason.OK.ordinal()] = 40;
                counters[NtpReason.BAD_MAC.ordinal()] = 7;
                return counters;
            }

            @Override
            public List<ClientEntry> clients(int limit) {
                return clients.subList(0, Math.min(limit, clients.size()));
            }
        };
    }

    private static Endpoint endpoint(String address) {
        return new Endpoint(IpAddress.literal(address), 123);
    }
}
