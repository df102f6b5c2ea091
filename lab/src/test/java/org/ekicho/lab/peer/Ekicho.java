package org.ekicho.lab.peer;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.ekicho.lab.lan.Daemon;
import org.ekicho.lab.lan.Lan;
import org.ekicho.lab.lan.Machine;
import org.ekicho.lab.lan.Outcome;

/// Ekicho on a machine, by its own command and with its usual control socket.
public final class Ekicho {
    private Ekicho() {}

    /// Runs an `ntp.conf` alone. All machines of a test share one real clock, so it only observes.
    public static Daemon serve(Machine machine, String ntpConf) {
        String file = machine.file("ntp.conf", ntpConf).toString();
        return machine.start(
                "ekicho",
                Programs.ekicho(),
                "time",
                "serve",
                "--ntp-conf",
                file,
                "--observe",
                "--state",
                machine.folder().resolve("state").toString());
    }

    /// Runs an `ntp.conf` as it is, which means to steer the clock. It has no right to, as nothing on a machine has.
    public static Daemon steer(Machine machine, Path ntpConf) {
        return machine.start(
                "ekicho",
                Programs.ekicho(),
                "time",
                "serve",
                "--ntp-conf",
                ntpConf.toString(),
                "--state",
                machine.folder().resolve("state").toString());
    }

    /// Waits until it listens and can be asked.
    public static void awaitReady(Lan lan, Daemon daemon) {
        lan.await("ekicho is ready", 60, () -> daemon.log().contains("ready; control socket"), daemon::log);
    }

    /// Asks with the command, e.g. `time assoc`; nothing is kept.
    public static Outcome ask(Machine machine, String... arguments) {
        return machine.run(command(arguments));
    }

    /// Asks with the command, and keeps the answer in the transcript.
    public static Outcome show(Machine machine, String... arguments) {
        return machine.show(command(arguments));
    }

    /// What the command prints, its line breaks and indents taken out, so that a sentence can be found in it.
    public static String prose(Machine machine, String... arguments) {
        return ask(machine, arguments).out().replaceAll("\\s+", " ");
    }

    private static String[] command(String... arguments) {
        List<String> all = new ArrayList<>(List.of(Programs.ekicho()));
        all.addAll(List.of(arguments));
        return all.toArray(String[]::new);
    }
}
