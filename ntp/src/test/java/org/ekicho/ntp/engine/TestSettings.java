package org.ekicho.ntp.engine;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.ekicho.ntp.access.RestrictRule;
import org.ekicho.ntp.auth.KeyRing;
import org.ekicho.ntp.capture.Capture;
import org.ekicho.ntp.settings.BroadcastSettings;
import org.ekicho.ntp.settings.ClockMode;
import org.ekicho.ntp.settings.DisciplineSettings;
import org.ekicho.ntp.settings.InterfaceRule;
import org.ekicho.ntp.settings.LocalClockSettings;
import org.ekicho.ntp.settings.RateSettings;
import org.ekicho.ntp.settings.ReceiverSettings;
import org.ekicho.ntp.settings.SelectionSettings;
import org.ekicho.ntp.settings.SourceSettings;
import org.ekicho.ntp.settings.TimeSettings;
import org.ekicho.wire.IpAddress;

/// Settings in the making, starting from "nothing at all, observed, the keys of the captures".
public final class TestSettings {
    public static final IpAddress GROUP = IpAddress.literal("224.0.1.1");

    public ClockMode clock = ClockMode.OBSERVE;
    public List<SourceSettings> sources = List.of();
    public Optional<LocalClockSettings> localClock = Optional.empty();
    public boolean hostClock;
    public List<BroadcastSettings> broadcasts = List.of();
    public ReceiverSettings receiver = ReceiverSettings.OFF;
    public KeyRing keys = Capture.keys();
    public boolean authRequired = true;
    public List<RestrictRule> restricts = List.of();
    public List<InterfaceRule> interfaces = List.of();
    public SelectionSettings selection = SelectionSettings.CLASSIC;
    public DisciplineSettings discipline = DisciplineSettings.DEFAULT;

    public TimeSettings done() {
        return new TimeSettings(
                clock,
                123,
                interfaces,
                sources,
                localClock,
                hostClock,
                broadcasts,
                receiver,
                keys,
                authRequired,
                false,
                restricts,
                RateSettings.CLASSIC,
                selection,
                discipline,
                true);
    }

    /// `multicastclient 224.0.1.1` with everything else as usual.
    public static ReceiverSettings multicastClient() {
        return new ReceiverSettings(
                false,
                List.of(GROUP),
                List.of(),
                true,
                ReceiverSettings.DEFAULT_DELAY,
                ReceiverSettings.DEFAULT_REMEASURE,
                ReceiverSettings.DEFAULT_SPREAD,
                ReceiverSettings.DEFAULT_SENDERS);
    }

    /// The same without a volley.
    public static ReceiverSettings novolley(Duration delay) {
        return new ReceiverSettings(
                false,
                List.of(GROUP),
                List.of(),
                false,
                delay,
                ReceiverSettings.DEFAULT_REMEASURE,
                ReceiverSettings.DEFAULT_SPREAD,
                ReceiverSettings.DEFAULT_SENDERS);
    }

    public static BroadcastSettings stream(int keyId, int poll) {
        return new BroadcastSettings(GROUP, 123, keyId, poll, 1, 4, List.of());
    }

    public static SourceSettings server(String host, int keyId, int minPoll, int maxPoll) {
        return new SourceSettings(
                SourceSettings.Kind.SERVER, host, 123, keyId, true, false, false, minPoll, maxPoll, 4, false, false);
    }
}
