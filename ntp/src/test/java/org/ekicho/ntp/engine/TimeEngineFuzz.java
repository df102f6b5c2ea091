package org.ekicho.ntp.engine;

import java.nio.ByteBuffer;
import java.util.List;
import org.ekicho.ntp.boundary.SavedState;
import org.ekicho.ntp.boundary.TimeAction;
import org.ekicho.ntp.packet.NtpPacket;
import org.ekicho.ntp.packet.NtpTimestamp;
import org.ekicho.ntp.server.ServerState;
import org.ekicho.ntp.settings.ClockMode;
import org.ekicho.wire.BigEndian;
import org.ekicho.wire.Datagram;
import org.ekicho.wire.Endpoint;
import org.ekicho.wire.IpAddress;

/// Any story at all, as an engine that steers and believes packets without a key lives through it: headers of any
/// content from a multicast sender and a server, with origins and stamps that often fit, and time that goes by. Nothing
/// throws, no timer rings forever, no step passes the panic limit, and the state stays one that can be served.
public final class TimeEngineFuzz {
    /// Longer stories show nothing new.
    private static final int MOST_EVENTS = 200;
    /// An event: what happens, how long before it, which stamp, then a header.
    private static final int EVENT = 4 + NtpPacket.HEADER;

    private static final IpAddress CLIENT = IpAddress.literal("192.168.55.2");
    private static final Endpoint SERVER = new Endpoint(IpAddress.literal("192.168.55.1"), 123);
    private static final Endpoint SENDER = new Endpoint(IpAddress.literal("192.168.55.3"), 123);

    private TimeEngineFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        TestSettings settings = new TestSettings();
        settings.clock = ClockMode.STEER;
        settings.authRequired = false;
        settings.receiver = TestSettings.multicastClient();
        settings.sources = List.of(TestSettings.server("192.168.55.1", 0, 3, 6));
        DrivenEngine driven = new DrivenEngine(settings.done(), SavedState.NONE, DrivenEngine.START, 0.01, 1);
        ByteBuffer in = ByteBuffer.wrap(data);
        for (int i = 0; i < MOST_EVENTS && in.remaining() >= EVENT; i++) {
            event(driven, in);
            check(driven);
        }
    }

    private static void event(DrivenEngine driven, ByteBuffer in) {
        int what = in.get();
        driven.run((in.get() & 0xff) / 8.0);
        short stamp = in.getShort();
        byte[] header = new byte[NtpPacket.HEADER];
        in.get(header);
        boolean broadcast = (what & 1) != 0;
        Endpoint from = broadcast ? SENDER : (what & 2) != 0 ? SENDER : SERVER;
        if ((what & 4) == 0) {
            header[0] = (byte) ((header[0] & 0xc0) | 4 << 3 | (broadcast ? 5 : 4));
        }
        if ((what & 8) == 0) {
            long time = NtpTimestamp.ofNanos(driven.trueNanos() + stamp * 1_000_000L);
            BigEndian.put64(header, NtpPacket.RECEIVE, time);
            BigEndian.put64(header, NtpPacket.TRANSMIT, time);
        }
        if ((what & 16) == 0) {
            driven.sent.reversed().stream()
                    .filter(sent -> sent.to().equals(from))
                    .findFirst()
                    .ifPresent(sent ->
                            System.arraycopy(sent.datagram().bytes, NtpPacket.TRANSMIT, header, NtpPacket.ORIGIN, 8));
        }
        driven.receive(new Datagram()
                .peer(from.address(), from.port())
                .local(broadcast ? TestSettings.GROUP : CLIENT, 2)
                .payload(header));
    }

    private static void check(DrivenEngine driven) {
        ServerState state = driven.engine.serverState();
        check(state.stratum() >= 1 && state.stratum() <= 16, "stratum " + state.stratum());
        check(state.rootDelay() >= 0 && state.rootDelay() < 100, "root delay " + state.rootDelay());
        check(state.rootDispersion() >= 0 && state.rootDispersion() < 100, "dispersion " + state.rootDispersion());
        check(Double.isFinite(driven.view().offsetSeconds()), "offset is no number");
        for (TimeAction action : driven.actions) {
            switch (action) {
                case TimeAction.Step step -> check(Math.abs(step.seconds()) <= 1000, "step of " + step.seconds());
                case TimeAction.SetFrequency rate -> check(Double.isFinite(rate.ppm()), "rate is no number");
                case TimeAction.TellKernel tell -> check(tell.maxErrorSeconds() >= 0, "negative error bound");
                case TimeAction.Transmit _, TimeAction.SaveDrift _, TimeAction.SaveFloor _ -> {}
                case TimeAction.Report _, TimeAction.Refused _ -> {}
            }
        }
        driven.actions.clear();
    }

    private static void check(boolean holds, String broken) {
        if (!holds) {
            throw new AssertionError(broken);
        }
    }
}
