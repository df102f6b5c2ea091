package org.ekicho.host;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.ekicho.host.TimeDaemon.Steering;

/// Which programs keep time on this host, and which of them steers its clock. Two that steer fight each other, so
/// Ekicho steers only where nobody else does.
///
/// Processes are known by name. Those of another PID namespace (a container's host) cannot be seen; CLOCK_REALTIME is
/// one
/// for all namespaces of a host, so in a container nobody can be sure.
public final class TimeDaemons {
    /// A single-letter option group of chronyd that holds `x`: `-x`, `-dx`, `-4x`. Letters that take a value end a
    /// group.
    private static final String CHRONYD_WITHOUT_STEERING = "-[46adhnNqQRrsSUv]*x.*";

    private final Path proc;

    public TimeDaemons() {
        this(Path.of("/proc"));
    }

    /// For tests: another tree in the place of `/proc`.
    TimeDaemons(Path proc) {
        this.proc = proc;
    }

    /// The programs that run, lowest process id first.
    public List<TimeDaemon> running() {
        List<TimeDaemon> daemons = new ArrayList<>();
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(proc, "[0-9]*")) {
            for (Path process : processes) {
                daemonOf(process).ifPresent(daemons::add);
            }
        } catch (IOException | DirectoryIteratorException e) {
            // Without /proc nobody is known; whoever steers finds out by the kernel's status.
            return List.of();
        }
        daemons.sort(Comparator.comparingInt(TimeDaemon::pid));
        return List.copyOf(daemons);
    }

    /// The one that steers the clock of this host; empty when none does for certain.
    public Optional<TimeDaemon> steerer() {
        return running().stream()
                .filter(daemon -> daemon.steering() == Steering.YES)
                .findFirst();
    }

    private Optional<TimeDaemon> daemonOf(Path process) {
        Optional<String> name = nameOf(Processes.name(process));
        if (name.isEmpty()) {
            return Optional.empty();
        }
        int pid;
        try {
            pid = Integer.parseInt(process.getFileName().toString());
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
        Verdict verdict = verdict(name.get(), process);
        return Optional.of(new TimeDaemon(name.get(), pid, Processes.unit(process), verdict.steering, verdict.why));
    }

    /// What an admin calls the program with this `comm`, which the kernel cuts after 15 characters.
    private static Optional<String> nameOf(String comm) {
        return switch (comm) {
            case "chronyd", "ntpd", "openntpd", "ptp4l", "phc2sys", "ntpsec-ntpd" -> Optional.of(comm);
            case "systemd-timesyn" -> Optional.of("systemd-timesyncd");
            default -> Optional.empty();
        };
    }

    private record Verdict(Steering steering, String why) {}

    private static Verdict verdict(String name, Path process) {
        if (!RawCapabilities.of(process).maySteerClock()) {
            return new Verdict(Steering.NO, "it has no right to (CAP_SYS_TIME)");
        }
        return switch (name) {
            case "chronyd" ->
                Processes.arguments(process).stream().skip(1).anyMatch(word -> word.matches(CHRONYD_WITHOUT_STEERING))
                        ? new Verdict(Steering.NO, "started with -x")
                        : new Verdict(Steering.YES, "it has the right to and was not started with -x");
            case "ptp4l" -> new Verdict(Steering.PERHAPS, "with software time stamps it steers the system's clock");
            default -> new Verdict(Steering.YES, "it has the right to");
        };
    }
}
