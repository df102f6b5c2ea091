package org.ekicho.lab.peer;

import java.util.ArrayList;
import java.util.List;
import org.ekicho.lab.lan.Daemon;
import org.ekicho.lab.lan.Machine;
import org.ekicho.lab.lan.Outcome;

/// A real chronyd that never touches the clock (`-x`), and its chronyc.
public final class Chronyd {
    private Chronyd() {}

    /// Starts it in the foreground with this `chrony.conf`.
    public static Daemon start(Machine machine, String chronyConf) {
        String file = machine.file("chrony.conf", chronyConf).toString();
        machine.must("mkdir", "-p", "/run/chrony");
        machine.must("chmod", "750", "/run/chrony");
        return machine.start("chronyd", Programs.peer("chronyd"), "-x", "-d", "-u", "root", "-f", file);
    }

    /// Asks by chronyc; nothing is kept.
    public static Outcome ask(Machine machine, String... command) {
        return machine.run(chronyc(command));
    }

    /// Asks by chronyc, and keeps the answer in the transcript.
    public static Outcome show(Machine machine, String... command) {
        return machine.show(chronyc(command));
    }

    private static String[] chronyc(String... command) {
        List<String> all = new ArrayList<>(List.of(Programs.peer("chronyc"), "-n"));
        all.addAll(List.of(command));
        return all.toArray(String[]::new);
    }
}
