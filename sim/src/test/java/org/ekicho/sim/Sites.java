package org.ekicho.sim;

import java.util.List;
import java.util.Optional;
import org.ekicho.ntp.auth.KeyRing;
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

/// Settings of simulated stations.
final class Sites {
    private Sites() {}

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

    /// Brings its clock to whatever it receives.
    static TimeSettings receiver(ReceiverSettings receiver, KeyRing keys) {
        return settings(ClockMode.STEER, List.of(), Optional.empty(), List.of(), receiver, keys);
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
