package org.ekicho.daemon.boot.tftp;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import org.ekicho.daemon.supervision.Supervisor;
import org.ekicho.host.net.SharedBytes;
import org.ekicho.host.net.UdpOptions;
import org.ekicho.host.net.UdpPorts;
import org.ekicho.netboot.tftp.BootFile;
import org.ekicho.netboot.tftp.BootIndex;
import org.ekicho.netboot.tftp.TftpReport;
import org.ekicho.netboot.tftp.TftpServer;
import org.ekicho.netboot.tftp.TftpSettings;
import org.ekicho.netboot.tftp.TftpTerms;
import org.ekicho.wire.Endpoint;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// TFTP on some addresses: one thread serves all doors and all transfers.
public final class TftpService implements Supervisor.Job, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TftpService.class);
    /// Settings that were not taken up yet; each new one makes those before it pointless.
    private static final int WAITING = 16;

    /// What requests are answered by.
    public record Terms(TftpSettings settings, TftpTerms.Policy policy, BootIndex index) {}

    /// Reads content that is not on the disk.
    @FunctionalInterface
    public interface Memory {
        /// The bytes of a file; empty when its source is a path.
        Optional<byte[]> bytes(BootFile file);
    }

    private final List<TftpDoor> doors;
    private final Memory memory;
    private final Consumer<TftpReport> reports;
    private final BlockingQueue<Terms> changes = new LinkedBlockingQueue<>(WAITING);
    private volatile Terms terms;
    private volatile List<UdpPorts.Port<TftpSeat>> open = List.of();
    private volatile boolean stopped;
    private Optional<UdpPorts<TftpSeat>> ports = Optional.empty();

    /// @param reports told of every end and refusal, on the serving thread: must not wait
    public TftpService(List<TftpDoor> doors, Terms terms, Memory memory, Consumer<TftpReport> reports) {
        this.doors = List.copyOf(doors);
        this.terms = terms;
        this.memory = memory;
        this.reports = reports;
    }

    /// Opens the doors; [#run] does it too when it was not done before. What fails here is known before the
    /// program goes on.
    ///
    /// @throws IOException if one cannot be opened: says what to do
    public synchronized void open() throws IOException {
        if (ports.isPresent()) return;
        UdpPorts<TftpSeat> opened = new UdpPorts<>();
        List<UdpPorts.Port<TftpSeat>> listening = new ArrayList<>();
        try {
            for (TftpDoor door : doors) {
                UdpOptions options = UdpOptions.on(door.address(), door.port()).forBulk();
                listening.add(opened.open(
                        door.device().map(options::onDevice).orElse(options), port -> new TftpSeat.Listening(door)));
            }
        } catch (IOException | RuntimeException e) {
            opened.close();
            throw e;
        }
        open = List.copyOf(listening);
        ports = Optional.of(opened);
    }

    /// Where it listens, with real ports.
    public List<Endpoint> endpoints() {
        return open.stream().map(UdpPorts.Port::local).toList();
    }

    /// Answers new requests by these terms from the next packet on; transfers under way go on as they began.
    public void change(Terms next) {
        terms = next;
        while (!changes.offer(next)) changes.poll();
    }

    @Override
    public void run() throws IOException {
        open();
        UdpPorts<TftpSeat> mine = ports.orElseThrow();
        Terms now = terms;
        TftpServer server = new TftpServer(now.settings(), now.policy(), now.index());
        try (TftpLoop loop = new TftpLoop(mine, server, this::content, this::report)) {
            while (!stopped) {
                loop.turn();
                for (Terms next = changes.poll(); next != null; next = changes.poll()) {
                    server.reload(next.settings(), next.policy(), next.index());
                }
            }
        } finally {
            close();
        }
    }

    private SharedBytes content(BootFile file) throws IOException {
        Optional<byte[]> bytes = memory.bytes(file);
        return bytes.isPresent() ? SharedBytes.of(bytes.get()) : ContentCache.fromDisk(file);
    }

    private void report(TftpReport report) {
        if (report.reason().isGood()) {
            LOG.debug("TFTP: {}", report.line());
        } else {
            LOG.info("TFTP: {}", report.line());
        }
        reports.accept(report);
    }

    @Override
    public void stop() {
        stopped = true;
        open.forEach(UdpPorts.Port::shut);
    }

    /// Closes the doors. Only when [#run] is not running.
    @Override
    public synchronized void close() {
        ports.ifPresent(UdpPorts::close);
        ports = Optional.empty();
        open = List.of();
    }
}
