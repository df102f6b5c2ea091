package org.ekicho.ntp.engine;

import java.util.List;
import java.util.Optional;
import org.ekicho.ntp.association.Reading;
import org.ekicho.ntp.server.ServerState;
import org.ekicho.ntp.settings.TimeSettings;
import org.ekicho.ntp.view.AssociationView;
import org.ekicho.ntp.view.StrayView;
import org.ekicho.wire.Moment;
import org.jspecify.annotations.Nullable;

/// The state of the service in one sentence for people.
final class Situation {
    private final TimeSettings settings;
    private final Timekeeper keeper;
    private final @Nullable LocalClock localClock;
    private final List<AssociationView> associations;
    private final List<StrayView> strays;
    private final Moment now;

    Situation(
            TimeSettings settings,
            Timekeeper keeper,
            @Nullable LocalClock localClock,
            List<AssociationView> associations,
            List<StrayView> strays,
            Moment now) {
        this.settings = settings;
        this.keeper = keeper;
        this.localClock = localClock;
        this.associations = associations;
        this.strays = strays;
        this.now = now;
    }

    String sentence() {
        Optional<Reading> followed = keeper.followed();
        if (keeper.state().isSynchronised() && followed.isPresent()) {
            return synchronised(followed.get());
        }
        return "unsynchronised: " + why();
    }

    private String synchronised(Reading followed) {
        ServerState state = keeper.state();
        String within = TimeSpanText.ofOffset(state.rootDispersionAt(now.clockNanos()) + state.rootDelay() / 2);
        if (keeper.systemPeer().isEmpty()) {
            return "holding over since " + followed.name() + " was lost, within " + within + " if the clock is good";
        }
        return switch (followed.origin()) {
            case REMOTE ->
                "synchronised to " + followed.name() + " (stratum " + (followed.servedStratum() - 1) + "), within "
                        + within;
            case LOCAL_CLOCK -> "serving " + followed.name() + " as stratum " + state.stratum();
            case HOST_CLOCK -> "serving " + followed.name() + " (stratum " + state.stratum() + "), within " + within;
        };
    }

    private String why() {
        if (!keeper.trouble().isEmpty()) {
            return keeper.trouble();
        }
        if (localClock != null && localClock.secondsLeft(now) > 0) {
            return "waiting for " + more(localClock.secondsLeft(now)) + " before believing the local clock ("
                    + LocalClock.ADDRESS + ")";
        }
        Optional<AssociationView> measuring = find(AssociationView.Kind.BROADCAST_RECEIVER);
        if (measuring.isPresent()) {
            return measuring.get().remote().address() + ": " + measuring.get().state();
        }
        Optional<AssociationView> asked = find(AssociationView.Kind.UNICAST);
        if (asked.isPresent()) {
            return asked.get().name() + ": " + asked.get().state();
        }
        if (!strays.isEmpty()) {
            StrayView stray = strays.getFirst();
            return "refused " + stray.count() + (stray.count() == 1 ? " packet" : " packets") + " from "
                    + stray.sender().address() + ": " + stray.reason().sentence();
        }
        return nothingHeard();
    }

    private String nothingHeard() {
        if (settings.receiver().isOn()) {
            return "no broadcast or multicast packet was heard yet";
        }
        if (settings.hostClock()) {
            return "the kernel says that the host clock is not synchronised";
        }
        return settings.sources().isEmpty() ? "no source is configured" : "no source has an address yet";
    }

    private static String more(long seconds) {
        if (seconds < 120) {
            return seconds + (seconds == 1 ? " more second" : " more seconds");
        }
        return (seconds + 59) / 60 + " more minutes";
    }

    private Optional<AssociationView> find(AssociationView.Kind kind) {
        return associations.stream().filter(one -> one.kind() == kind).findFirst();
    }
}
