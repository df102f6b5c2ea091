package org.ekicho.lab.peer;

import org.ekicho.lab.lan.Machine;
import org.ekicho.lab.lan.Outcome;

/// The real `ntpstat` (the C program of Debian): exit 0 synchronised, 1 not, 2 cannot tell.
public final class Ntpstat {
    private final Machine machine;

    private Ntpstat(Machine machine) {
        this.machine = machine;
    }

    public static Ntpstat on(Machine machine) {
        return new Ntpstat(machine);
    }

    /// Asks without keeping the answer.
    public Outcome ask() {
        return machine.run(Programs.peer("ntpstat"));
    }

    /// Asks, and keeps the answer in the transcript.
    public Outcome show() {
        return machine.show(Programs.peer("ntpstat"));
    }
}
