package org.ekicho.ntp.view;

import java.util.List;
import java.util.Optional;
import org.ekicho.ntp.server.ServerState;
import org.ekicho.ntp.settings.ClockMode;

/// The whole time service at one moment, immutable. ntpq, `ekicho time ...`, status and console all show this.
///
/// @param madeNanos        clock time of this picture
/// @param startedNanos     clock time at which the service started
/// @param clock            observe or steer
/// @param state            what our packets say
/// @param systemPeer       association id of the source followed, 0: none
/// @param systemPoll       log2 seconds of the discipline's interval (ntpq's `tc`)
/// @param offsetSeconds    combined offset of the sources to our clock
/// @param frequencyPpm     frequency correction in use
/// @param systemJitter     seconds
/// @param clockJitter      seconds
/// @param clockWander      ppm
/// @param lastEvent        classic system event code, 0..15
/// @param eventCount       events so far, 0..15
/// @param sentence         the state for people, e.g. "synchronised to 192.168.55.1 (stratum 11), within 0.4 ms"
/// @param associations     in the order of their ids
/// @param strays           packets that belonged to no association, by reason (wrong key, missing MAC, ...)
/// @param lastStrays       who sent the last of these and why it was refused, in words
/// @param broadcastDelay   seconds assumed one way when it is not measured
public record TimeView(
        long madeNanos,
        long startedNanos,
        ClockMode clock,
        ServerState state,
        int systemPeer,
        int systemPoll,
        double offsetSeconds,
        double frequencyPpm,
        double systemJitter,
        double clockJitter,
        double clockWander,
        int lastEvent,
        int eventCount,
        String sentence,
        List<AssociationView> associations,
        List<ReasonCount> strays,
        List<StrayView> lastStrays,
        double broadcastDelay) {
    public TimeView {
        associations = List.copyOf(associations);
        strays = List.copyOf(strays);
        lastStrays = List.copyOf(lastStrays);
    }

    public Optional<AssociationView> find(int id) {
        return associations.stream().filter(a -> a.id() == id).findFirst();
    }
}
