package org.ekicho.sim;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.ekicho.ntp.auth.KeyRing;
import org.ekicho.ntp.auth.KeyType;
import org.ekicho.ntp.auth.SymmetricKey;
import org.ekicho.ntp.packet.ReferenceId;
import org.ekicho.ntp.settings.BroadcastSettings;
import org.ekicho.ntp.settings.ClockMode;
import org.ekicho.ntp.settings.DisciplineSettings;
import org.ekicho.ntp.settings.LocalClockSettings;
import org.ekicho.ntp.settings.RateSettings;
import org.ekicho.ntp.settings.ReceiverSettings;
import org.ekicho.ntp.settings.SelectionSettings;
import org.ekicho.ntp.settings.SourceSettings;
import org.ekicho.ntp.settings.TimeSettings;
import org.ekicho.wire.IpAddress;

/// Settings of simulated stations.
final class Sites {
    private static final IpAddress GROUP = IpAddress.literal("224.0.1.1");
    private static final KeyRing KEYS = new KeyRing(List.of(key(10), key(11)), Set.of(10, 11));

    private Sites() {}

    private static SymmetricKey key(int id) {
        byte[] secret = ("secret of key " + id).getBytes(StandardCharsets.US_ASCII);
        return new SymmetricKey(id, KeyType.SHA1, secret, List.of());
    }

    /// Serves its own clock as stratum 1 from the first second, and sends these streams.
    static TimeSettings server(KeyRing keys, List<BroadcastSettings> streams) {
        return settings(
                ClockMode.OBSERVE,
                List.of(),
                Optional.of(new LocalClockSettings(0, true, ReferenceId.LOCAL_CLOCK)),
                streams,
                ReceiverSettings.OFF,
                keys);
    }

    /// Brings its clock to these servers.
    static TimeSettings client(List<SourceSettings> sources) {
        return settings(ClockMode.STEER, sources, Optional.empty(), List.of(), ReceiverSettings.OFF, KeyRing.EMPTY);
    }

    /// A server that sends one multicast stream for each of these keys.
    static TimeSettings multicastServer(int... keyIds) {
        List<BroadcastSettings> streams = new ArrayList<>();
        for (int keyId : keyIds) {
            streams.add(new BroadcastSettings(GROUP, 123, keyId, BroadcastSettings.DEFAULT_POLL, 1, 4, List.of()));
        }
        return server(KEYS, streams);
    }

    /// Brings its clock to the multicasts that it receives, by any key.
    static TimeSettings multicastReceiver(Duration remeasure, Duration startSpread) {
        ReceiverSettings receiver = new ReceiverSettings(
                false,
                List.of(GROUP),
                List.of(),
                true,
                ReceiverSettings.DEFAULT_DELAY,
                remeasure,
                startSpread,
                ReceiverSettings.DEFAULT_SENDERS);
        return settings(ClockMode.STEER, List.of(), Optional.empty(), List.of(), receiver, KEYS);
    }

    private static TimeSettings settings(
            ClockMode mode,
            List<SourceSettings> sources,
            Optional<LocalClockSettings> localClock,
            List<BroadcastSettings> streams,
            ReceiverSettings receiver,
            KeyRing keys) {
        return new TimeSettings(
                mode,
                123,
                List.of(),
                sources,
                localClock,
                false,
                streams,
                receiver,
                keys,
                true,
                false,
                List.of(),
                RateSettings.CLASSIC,
                SelectionSettings.CLASSIC,
                DisciplineSettings.DEFAULT,
                false);
    }
}
