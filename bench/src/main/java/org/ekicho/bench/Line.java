package org.ekicho.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ekicho.wire.Endpoint;
import org.ekicho.wire.IpAddress;

/// One way between generator and servers: loopback, or a veth pair into another network namespace. Starts the
/// contestants at its far end.
///
/// @param title     for the table
/// @param address   of the servers
/// @param namespace where they run; empty: here
record Line(String title, IpAddress address, Optional<String> namespace) {
    /// The core of the servers; the generator has another.
    static final int SERVER_CORE = 0;

    private static final int FIRST_PORT = 11_123;

    /// What is needed to start servers.
    ///
    /// @param ekicho  the command
    /// @param chronyd empty: its rows are left out
    /// @param echo    the C echo; empty: its rows are left out
    /// @param work    a folder for files and logs
    record Programs(Path ekicho, Optional<Path> chronyd, Optional<Path> echo, Path work) {}

    /// Starts all that there are, Ekicho first.
    List<Contestant> start(Programs programs) throws IOException {
        Path work = programs.work().resolve(title.replace(' ', '-'));
        Files.createDirectories(work);
        List<Contestant> contestants = new ArrayList<>();
        contestants.add(ekicho(programs.ekicho(), work));
        if (programs.chronyd().isPresent()) {
            contestants.add(chronyd(programs.chronyd().get(), work));
        }
        if (programs.echo().isPresent()) {
            Endpoint endpoint = new Endpoint(address, FIRST_PORT + 2);
            List<String> command = List.of(programs.echo().get().toString(), "" + endpoint.port());
            contestants.add(new Contestant("C echo", endpoint, placed(command), List.of(), work.resolve("echo.log")));
        }
        return contestants;
    }

    private Contestant ekicho(Path program, Path work) throws IOException {
        Path keys = secret(work.resolve("ntp.keys"), Traffic.classicKeys());
        Path conf = work.resolve("ntp.conf");
        Files.writeString(conf, """
                server 127.127.1.0 prefer
                fudge 127.127.1.0 stratum 8
                keys %s
                trustedkey 1 2 3
                """.formatted(keys));
        Endpoint endpoint = new Endpoint(address, FIRST_PORT);
        List<String> command = List.of(
                program.toString(),
                "time",
                "serve",
                "--ntp-conf",
                conf.toString(),
                "--observe",
                "--port",
                "" + endpoint.port(),
                "--state",
                work.resolve("state").toString(),
                "--control",
                work.resolve("control").toString());
        String log = "EKICHO_JAVA_OPTS=-Xlog:gc,safepoint:file=" + work.resolve("gc.log") + ":uptime";
        return new Contestant("Ekicho", endpoint, placed(command), List.of(log), work.resolve("ekicho.log"));
    }

    /// chronyd without the right to touch the clock.
    private Contestant chronyd(Path program, Path work) throws IOException {
        Path keys = secret(work.resolve("chrony.keys"), Traffic.chronyKeys());
        Path conf = work.resolve("chrony.conf");
        Endpoint endpoint = new Endpoint(address, FIRST_PORT + 1);
        Files.writeString(conf, """
                port %d
                cmdport 0
                bindcmdaddress /
                local stratum 8
                allow
                user root
                pidfile %s
                keyfile %s
                """.formatted(endpoint.port(), work.resolve("chronyd.pid"), keys));
        List<String> command = List.of(
                "setpriv",
                "--bounding-set=-sys_time",
                "--inh-caps=-sys_time",
                "--",
                program.toString(),
                "-x",
                "-d",
                "-f",
                conf.toString());
        return new Contestant("chronyd", endpoint, placed(command), List.of(), work.resolve("chronyd.log"));
    }

    private static Path secret(Path file, String text) throws IOException {
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return file;
    }

    /// The command on the servers' core, at the far end.
    private List<String> placed(List<String> command) {
        List<String> all = new ArrayList<>();
        namespace.ifPresent(name -> all.addAll(List.of("nsenter", "--net=/run/netns/" + name, "--")));
        all.addAll(List.of("taskset", "-c", "" + SERVER_CORE));
        all.addAll(command);
        return all;
    }
}
