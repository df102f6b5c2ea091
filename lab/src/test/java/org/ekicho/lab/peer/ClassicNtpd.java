package org.ekicho.lab.peer;

import org.ekicho.lab.lan.Daemon;
import org.ekicho.lab.lan.Machine;

/// The ntpd of the Network Time Foundation, 4.2.8p15, in the foreground, IPv4 only.
public final class ClassicNtpd {
    private ClassicNtpd() {}

    /// Starts it with this `ntp.conf`. It may not touch the clock, so the file should say `disable kernel`.
    public static Daemon start(Machine machine, String ntpConf) {
        String file = machine.file("ntpd.conf", ntpConf).toString();
        return machine.start("ntpd", Programs.peer("ntpd-classic"), "-4", "-n", "-g", "-c", file, "-l", "/dev/stdout");
    }
}
