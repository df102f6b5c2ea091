package org.ekicho.lab.time;

import static org.assertj.core.api.Assertions.assertThat;

import org.ekicho.lab.lan.Daemon;
import org.ekicho.lab.lan.Lan;
import org.ekicho.lab.lan.Machine;
import org.ekicho.lab.peer.Ekicho;
import org.ekicho.ntp.NtpReason;

/// A reason, where people look for it.
final class Refusal {
    private Refusal() {}

    /// Waits until `ekicho time assoc` says the reason's sentence, and looks for its counter in the status.
    static void isSaid(Lan lan, Machine receiver, Daemon daemon, NtpReason reason) {
        lan.await(
                "`ekicho time assoc` says: " + reason.sentence(),
                60,
                () -> Ekicho.prose(receiver, "time", "assoc").contains(reason.sentence()),
                () -> Ekicho.ask(receiver, "time", "assoc").transcript() + daemon.log());
        Ekicho.show(receiver, "time", "assoc");
        assertThat(Ekicho.show(receiver, "status", "-o", "json").out()).containsAnyOf(reason.label(), reason.name());
    }
}
