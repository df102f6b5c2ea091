package org.ekicho.daemon.boot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.ekicho.daemon.boot.dhcp.DhcpService;
import org.ekicho.daemon.boot.ftp.FtpService;
import org.ekicho.daemon.boot.tftp.TftpDoor;
import org.ekicho.daemon.boot.tftp.TftpService;
import org.ekicho.daemon.supervision.Supervisor;
import org.ekicho.netboot.policy.BootWay;
import org.ekicho.netboot.settings.BootSettings;
import org.ekicho.netboot.tftp.BootFile;
import org.ekicho.netboot.tftp.BootIndex;
import org.ekicho.netboot.tftp.TftpSettings;
import org.ekicho.netboot.tftp.TftpTerms;
import org.ekicho.netboot.trace.BootProgram;
import org.ekicho.netboot.trace.TraceView;
import org.ekicho.netboot.trace.way.WayBook;
import org.ekicho.site.SiteSettings;
import org.ekicho.web.boot.BootServer;
import org.ekicho.wire.Endpoint;
import org.ekicho.wire.IpAddress;
import org.ekicho.wire.MacAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Network installation in the daemon: HTTP always, DHCP and TFTP on the interfaces that are named.
public final class BootService implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BootService.class);

    private final Supervisor supervisor;
    private final InstantSource time;
    private final BootPorts ports;
    private Optional<Running> running = Optional.empty();

    private record Running(
            SiteSettings site,
            BootServer web,
            Optional<TftpService> tftp,
            Optional<DhcpService> dhcp,
            Optional<FtpService> ftp,
            TraceKeeper trace) {
        void close(Supervisor supervisor) {
            ftp.ifPresent(FtpService::close);
            dhcp.ifPresent(service -> service.stop(supervisor));
            tftp.ifPresent(service -> {
                supervisor.stop(service);
                service.close();
            });
            web.close();
        }
    }

    public BootService(Supervisor supervisor, InstantSource time) {
        this(supervisor, time, BootPorts.STANDARD);
    }

    /// Elsewhere than firmware looks for it.
    public BootService(Supervisor supervisor, InstantSource time, BootPorts ports) {
        this.supervisor = supervisor;
        this.time = time;
        this.ports = ports;
    }

    /// Follows these settings; the first time, and after each reload. When the new ones cannot be followed, the old
    /// ones stay in force.
    ///
    /// @throws IOException when something cannot be opened: the message says what to do
    public synchronized void apply(SiteSettings site) throws IOException {
        if (running.isPresent() && running.get().site().equals(site)) {
            return;
        }
        Optional<SiteSettings> before = running.map(Running::site);
        close();
        try {
            if (site.boot().isPresent())
                running = Optional.of(start(site, site.boot().get()));
        } catch (IOException e) {
            if (before.isPresent()) {
                running = Optional.of(start(before.get(), before.get().boot().orElseThrow()));
            }
            throw e;
        }
    }

    private Running start(SiteSettings site, BootSettings settings) throws IOException {
        BootFolder folder = BootFolder.of(settings).open();
        LoaderShelf loaders = new LoaderShelf(folder.loaders());
        TraceKeeper trace =
                new TraceKeeper(time, settings.anotherWay() ? WayBook.automatic() : WayBook.off(), programs(loaders));
        MachineFinder finder = new MachineFinder();
        TreeShelf trees = new TreeShelf(folder);
        BootDesk desk = new BootDesk(
                settings,
                new OrderDesk(folder),
                new BootDesk.Surroundings(folder, loaders, trees, new SiteFacts(site), finder, time, trace));
        BootServer web = new BootServer(
                settings.http().address().toString(), settings.http().port(), desk);
        Optional<TftpService> tftp = Optional.empty();
        Optional<FtpService> ftp = Optional.empty();
        try {
            tftp = tftp(settings, loaders, trace, ports.tftp());
            ftp = ftp(settings, trees, desk);
            Optional<DhcpService> dhcp = DhcpStart.open(settings, ports.dhcp(), folder, desk, trace, finder);
            tftp.ifPresent(service -> supervisor.start("TFTP", service));
            dhcp.ifPresent(service -> service.start(supervisor));
            LOG.info(
                    "boot files at {}{}",
                    web.listening(),
                    settings.interfaces().isEmpty()
                            ? "; no interface named for DHCP and TFTP"
                            : ", TFTP and DHCP (" + settings.dhcp().name().toLowerCase(Locale.ROOT) + ") on "
                                    + String.join(", ", settings.interfaces()));
            ftp.ifPresent(service -> LOG.info("install trees by FTP at port {}", service.port()));
            return new Running(site, web, tftp, dhcp, ftp, trace);
        } catch (IOException e) {
            ftp.ifPresent(FtpService::close);
            tftp.ifPresent(TftpService::close);
            web.close();
            throw e;
        }
    }

    private static Optional<FtpService> ftp(BootSettings settings, TreeShelf trees, BootDesk desk) throws IOException {
        return settings.ftp().isEmpty()
                ? Optional.empty()
                : Optional.of(FtpService.open(
                        settings.http().address(), settings.ftp().get(), trees, desk::fetched));
    }

    private static Optional<TftpService> tftp(BootSettings settings, LoaderShelf loaders, TraceKeeper trace, int port)
            throws IOException {
        if (settings.interfaces().isEmpty()) {
            return Optional.empty();
        }
        TftpTerms usual = settings.singlePort() ? TftpTerms.GENEROUS.onSharedPort() : TftpTerms.GENEROUS;
        TftpService service = new TftpService(
                settings.interfaces().stream()
                        .sorted()
                        .map(name -> TftpDoor.onInterface(name, port))
                        .toList(),
                new TftpService.Terms(TftpSettings.USUAL, client -> terms(usual, trace, client), index(loaders)),
                file -> Optional.empty(),
                trace::transferred);
        service.open();
        return Optional.of(service);
    }

    /// What firmware is granted that was served before: its own way, never more than anybody gets.
    private static TftpTerms terms(TftpTerms usual, TraceKeeper trace, IpAddress client) {
        Optional<BootWay> way = trace.used(client);
        if (way.isEmpty()) {
            return usual;
        }
        TftpTerms terms = usual.withLargestBlock(way.get().largest())
                .withLargestWindow(way.get().window());
        return way.get().onePort() ? terms.onSharedPort() : terms;
    }

    /// Loaders by their names, and by the last part of these alone, as hand-written DHCP settings have them.
    private static BootIndex index(LoaderShelf loaders) throws IOException {
        List<BootFile> files = new ArrayList<>();
        for (String name : loaders.names()) {
            Path file = loaders.file(name).orElseThrow(() -> new IOException(name + " vanished"));
            files.add(new BootFile(name, Files.size(file), file.toString()));
            files.add(new BootFile(lastPart(name), Files.size(file), file.toString()));
        }
        return new BootIndex(files);
    }

    /// What the loaders are made for, by the same names.
    private static Map<String, BootProgram> programs(LoaderShelf loaders) throws IOException {
        Map<String, BootProgram> programs = new HashMap<>();
        for (String name : loaders.names()) {
            loaders.program(name).ifPresent(program -> {
                programs.put(name, program);
                programs.put(lastPart(name), program);
            });
        }
        return programs;
    }

    private static String lastPart(String name) {
        return name.substring(name.lastIndexOf('/') + 1);
    }

    /// Where boot files are served by HTTP; empty: nothing is.
    public synchronized Optional<String> listening() {
        return running.map(now -> now.web().listening());
    }

    /// Where it is open, for those that do not use the standard ports.
    ///
    /// @param dhcp of DHCP in the order of interfaces: server, boot service
    /// @param tftp of TFTP
    public record Doors(List<Integer> dhcp, List<Integer> tftp) {}

    public synchronized Doors doors() {
        return new Doors(
                running.flatMap(Running::dhcp).map(DhcpService::ports).orElse(List.of()),
                running.flatMap(Running::tftp).map(TftpService::endpoints).orElse(List.of()).stream()
                        .map(Endpoint::port)
                        .toList());
    }

    /// The attempts of a machine, or the newest of every machine.
    public synchronized List<TraceView> trace(Optional<MacAddress> mac) {
        if (running.isEmpty()) {
            return List.of();
        }
        TraceKeeper trace = running.get().trace();
        return mac.map(trace::attempts).orElseGet(trace::all);
    }

    @Override
    public synchronized void close() {
        running.ifPresent(now -> now.close(supervisor));
        running = Optional.empty();
    }
}
