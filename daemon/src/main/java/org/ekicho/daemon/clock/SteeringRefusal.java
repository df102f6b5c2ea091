package org.ekicho.daemon.clock;

import java.util.Optional;
import org.ekicho.host.RawCapabilities;
import org.ekicho.host.TimeDaemon;

/// Why this host's clock is not ours to steer.
///
/// @param sentence with what to do about it
public record SteeringRefusal(String sentence) {
    /// Empty when nobody else steers it and we have the right to.
    ///
    /// @param steerer who steers it already
    /// @param rights  ours
    public static Optional<SteeringRefusal> of(Optional<TimeDaemon> steerer, RawCapabilities rights) {
        if (steerer.isPresent()) {
            TimeDaemon other = steerer.get();
            String stop =
                    other.unit().map(unit -> "systemctl disable --now " + unit).orElse("stop it");
            return Optional.of(new SteeringRefusal("the settings ask to steer this clock, but " + other
                    + " steers it already, and two would fight: " + stop
                    + ", or say \"disable ntp\" (ekicho.toml: clock = \"observe\", once: --observe)"));
        }
        if (!rights.maySteerClock()) {
            return Optional.of(new SteeringRefusal("the settings ask to steer this clock, which needs root or"
                    + " CAP_SYS_TIME (systemd: AmbientCapabilities=CAP_SYS_TIME); to leave the clock alone say"
                    + " \"disable ntp\" (ekicho.toml: clock = \"observe\", once: --observe)"));
        }
        return Optional.empty();
    }
}
