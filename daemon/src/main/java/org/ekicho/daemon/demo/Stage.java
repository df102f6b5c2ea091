package org.ekicho.daemon.demo;

import java.io.IOException;
import java.net.BindException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.ekicho.daemon.FrontDesk;
import org.ekicho.daemon.boot.BootService;
import org.ekicho.daemon.clock.PretendClock;
import org.ekicho.daemon.control.ControlService;
import org.ekicho.daemon.control.ReloadResult;
import org.ekicho.daemon.mirror.BackgroundSync;
import org.ekicho.daemon.mirror.MirrorService;
import org.ekicho.ntp.auth.SymmetricKey;
import org.ekicho.ntp.boundary.TimeAction;
import org.ekicho.ntp.settings.TimeSettings;
import org.ekicho.wire.IpAddress;

/// A small site on one loopback: a server and receivers, with nothing of it left behind afterwards.
public final class Stage implements AutoCloseable {
    /// The group of the stream, of the range that is every site's own (RFC 2365).
    public static final IpAddress GROUP = IpAddress.literal("239.192.55.1");
    /// A group to which nobody sends.
    public static final IpAddress SILENT_GROUP = IpAddress.literal("239.192.55.2");

    private static final int USUAL_PORT = 10_123;
    private static final IpAddress STATION = IpAddress.literal("127.0.0.1");
    private static final IpAddress PLATFORM = IpAddress.literal("127.0.0.2");
    private static final IpAddress SIGNAL = IpAddress.literal("127.0.0.3");
    private static final IpAddress STRANGER = IpAddress.literal("127.0.0.4");

    private final Path folder;
    private final DemoSettings settings;
    private final BiConsumer<String, TimeAction.Report> reports;
    private final List<Machine> machines = new ArrayList<>();

    /// @param reports told each change of state, with the name of the machine
    /// @throws IOException if there is no place for its control sockets
    public Stage(BiConsumer<String, TimeAction.Report> reports) throws IOException {
        this.folder = Files.createDirectory(
                Path.of(
                        System.getProperty("java.io.tmpdir"),
                        "ekicho-demo-" + ProcessHandle.current().pid()),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        this.settings = new DemoSettings(freePort(), GROUP);
        this.reports = reports;
    }

    /// The usual port, so that a reader finds it in these docs; another when that is taken.
    private static int freePort() throws IOException {
        InetAddress loopback = STATION.toInetAddress();
        try (DatagramSocket usual = new DatagramSocket(USUAL_PORT, loopback)) {
            return usual.getLocalPort();
        } catch (BindException e) {
            try (DatagramSocket other = new DatagramSocket(0, loopback)) {
                return other.getLocalPort();
            }
        }
    }

    public DemoSettings settings() {
        return settings;
    }

    /// The server: serves its own clock and sends a keyed stream.
    public Machine station() throws IOException {
        return start("station", STATION, new PretendClock(0, 0), settings.server(STATION));
    }

    /// Asks the station by unicast.
    public Machine platform(SymmetricKey key) throws IOException {
        return start("platform", PLATFORM, new PretendClock(2.4, 20), settings.unicast(PLATFORM, STATION, key));
    }

    /// Listens to a group.
    public Machine signal(IpAddress heard, SymmetricKey key) throws IOException {
        return start("signal", SIGNAL, new PretendClock(-1.7, -35), settings.multicast(SIGNAL, heard, key));
    }

    /// Listens to the stream, but its key of the same id has another secret.
    public Machine stranger() throws IOException {
        return start(
                "stranger",
                STRANGER,
                new PretendClock(0.9, 10),
                settings.multicast(STRANGER, GROUP, DemoSettings.otherKey()));
    }

    private Machine start(String name, IpAddress address, PretendClock clock, TimeSettings time) throws IOException {
        Machine machine = Machine.start(
                name,
                address,
                clock,
                time,
                Machine.Parts.of(new SecureRandom(), report -> reports.accept(name, report)));
        machines.add(machine);
        ReloadResult none = new ReloadResult(false, List.of("a machine of the demo has no file to read again"));
        FrontDesk desk = new FrontDesk(
                "",
                Optional.of(machine.service()),
                new MirrorService(machine.supervisor(), BackgroundSync.NONE),
                new BootService(machine.supervisor(), InstantSource.system()),
                machine.supervisor(),
                () -> none);
        machine.supervisor().start("control socket", new ControlService(control(name), desk));
        return machine;
    }

    /// The control socket of a machine.
    public Path control(String name) {
        return folder.resolve(name + ".sock");
    }

    /// Switches all off and removes what was made.
    @Override
    public void close() throws IOException {
        machines.reversed().forEach(Machine::close);
        try (DirectoryStream<Path> left = Files.newDirectoryStream(folder)) {
            for (Path file : left) {
                Files.deleteIfExists(file);
            }
        }
        Files.deleteIfExists(folder);
    }
}
