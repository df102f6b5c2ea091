package org.ekicho.daemon.boot.tftp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.ekicho.daemon.supervision.Supervisor;
import org.ekicho.netboot.tftp.BootFile;
import org.ekicho.netboot.tftp.BootIndex;
import org.ekicho.netboot.tftp.TftpCodec;
import org.ekicho.netboot.tftp.TftpOption;
import org.ekicho.netboot.tftp.TftpPacket;
import org.ekicho.netboot.tftp.TftpReason;
import org.ekicho.netboot.tftp.TftpReport;
import org.ekicho.netboot.tftp.TftpSettings;
import org.ekicho.netboot.tftp.TftpTerms;
import org.ekicho.wire.IpAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TftpServiceTest {
    private static final InetAddress HERE = InetAddress.getLoopbackAddress();
    private static final int PATIENCE_MILLIS = 20_000;

    @TempDir
    private Path folder = Path.of("");

    private final BlockingQueue<TftpReport> reports = new LinkedBlockingQueue<>();
    private final Supervisor supervisor = new Supervisor();
    private final byte[] kernel = new byte[3_000_000];
    private volatile TftpTerms terms = TftpTerms.GENEROUS;
    private TftpService service = new TftpService(
            List.of(),
            new TftpService.Terms(TftpSettings.USUAL, client -> terms, BootIndex.EMPTY),
            file -> Optional.empty(),
            reports::add);

    @BeforeEach
    void start() throws IOException {
        new Random(1).nextBytes(kernel);
        Files.write(folder.resolve("vmlinuz"), kernel);
        BootIndex index = new BootIndex(List.of(
                new BootFile(
                        "boot/vmlinuz", kernel.length, folder.resolve("vmlinuz").toString()),
                new BootFile("script.ipxe", 5, "memory"),
                new BootFile("gone", 5, folder.resolve("gone").toString())));
        service = new TftpService(
                List.of(new TftpDoor(IpAddress.literal("127.0.0.1"), 0, Optional.empty())),
                new TftpService.Terms(TftpSettings.USUAL, client -> terms, index),
                file -> file.source().equals("memory")
                        ? Optional.of("#ipxe".getBytes(StandardCharsets.US_ASCII))
                        : Optional.empty(),
                reports::add);
        service.open();
        supervisor.start("tftp", service);
    }

    @AfterEach
    void stop() {
        supervisor.close();
    }

    private int port() {
        return service.endpoints().getFirst().port();
    }

    /// What one fetch gave, or the error.
    private record Fetched(boolean ok, String error, int port, int length, int hash) {}

    private Fetched fetch(String file, TftpOption... options) throws IOException {
        byte[] content = new byte[4_000_000];
        int length = 0;
        int blockSize = 512;
        int window = 1;
        int blocks = 0;
        int since = 0;
        try (DatagramSocket socket = new DatagramSocket(0, HERE)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.setReceiveBufferSize(4 << 20);
            byte[] request = TftpCodec.encode(new TftpPacket.Read(file, "octet", List.of(options)));
            socket.send(new DatagramPacket(request, request.length, new InetSocketAddress(HERE, port())));
            DatagramPacket got = new DatagramPacket(new byte[66_000], 66_000);
            while (true) {
                got.setLength(66_000);
                socket.receive(got);
                boolean answer = false;
                switch (TftpCodec.decode(got.getData(), got.getLength())) {
                    case TftpPacket.OptionAck ack -> {
                        for (TftpOption option : ack.options()) {
                            int value = (int) option.number().orElseThrow();
                            if (option.name().equals("blksize")) blockSize = value;
                            if (option.name().equals("windowsize")) window = value;
                        }
                        answer = true;
                    }
                    case TftpPacket.Data data -> {
                        if (data.block() != (blocks + 1 & 0xffff)) continue;
                        blocks++;
                        System.arraycopy(got.getData(), 4, content, length, data.length());
                        length += data.length();
                        answer = ++since == window || data.length() < blockSize;
                    }
                    case TftpPacket.Failure failure -> {
                        return new Fetched(false, failure.code() + " " + failure.message(), got.getPort(), 0, 0);
                    }
                    default -> throw new AssertionError("a server sent that?");
                }
                if (!answer) continue;
                since = 0;
                byte[] ack = TftpCodec.encode(new TftpPacket.Ack(blocks & 0xffff));
                socket.send(new DatagramPacket(ack, ack.length, got.getSocketAddress()));
                if (blocks > 0 && got.getLength() < blockSize + 4) {
                    byte[] all = Arrays.copyOf(content, length);
                    return new Fetched(true, "", got.getPort(), length, Arrays.hashCode(all));
                }
            }
        }
    }

    private TftpReport report() throws InterruptedException {
        TftpReport report = reports.poll(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        assertThat(report).isNotNull();
        return report;
    }

    private void arrives(TftpOption... options) throws IOException, InterruptedException {
        Fetched fetched = fetch("/BOOT\\vmlinuz", options);
        assertThat(fetched.error()).isEmpty();
        assertThat(fetched.length()).isEqualTo(kernel.length);
        assertThat(fetched.hash()).isEqualTo(Arrays.hashCode(kernel));
        TftpReport report = report();
        assertThat(report.reason()).isEqualTo(TftpReason.COMPLETE);
        assertThat(report.bytes()).isEqualTo(kernel.length);
    }

    @Test
    void a_file_arrives_with_every_size_of_block_and_window() throws Exception {
        for (int block : new int[] {512, 1468, 8192, 65464}) {
            for (int window : new int[] {1, 4, 64}) {
                arrives(TftpOption.of("blksize", block), TftpOption.of("windowsize", window));
            }
        }
        arrives();
    }

    @Test
    void a_transfer_has_a_port_of_its_own_unless_it_shares_the_door() throws Exception {
        assertThat(fetch("script.ipxe").port()).isNotEqualTo(port());
        report();
        terms = TftpTerms.GENEROUS.onSharedPort();
        Fetched shared = fetch("script.ipxe", TftpOption.of("tsize", 0));
        assertThat(shared.port()).isEqualTo(port());
        assertThat(shared.hash()).isEqualTo(Arrays.hashCode("#ipxe".getBytes(StandardCharsets.US_ASCII)));
        report();
        arrives(TftpOption.of("blksize", 1408), TftpOption.of("windowsize", 16));
    }

    @Test
    void what_cannot_be_served_is_an_error_with_a_sentence_and_a_report() throws Exception {
        assertThat(fetch("nothing").error()).startsWith("1 nothing: no file of this name");
        assertThat(report().reason()).isEqualTo(TftpReason.NOT_FOUND);
        assertThat(fetch("gone").error()).startsWith("0 the file could not be read");
        assertThat(report().reason()).isEqualTo(TftpReason.UNREADABLE);
        Files.write(folder.resolve("new"), new byte[9]);
        Files.move(folder.resolve("new"), folder.resolve("vmlinuz"), StandardCopyOption.REPLACE_EXISTING);
        assertThat(fetch("boot/vmlinuz").error()).startsWith("0 the file could not be read");
        assertThat(report().detail()).isEqualTo("it has 9 bytes now, 3000000 when the index was made");
    }

    @Test
    void a_file_that_is_cut_while_it_is_sent_ends_the_transfer_and_nothing_else() throws Exception {
        try (DatagramSocket socket = new DatagramSocket(0, HERE)) {
            byte[] request = TftpCodec.encode(new TftpPacket.Read("boot/vmlinuz", "octet", List.of()));
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.send(new DatagramPacket(request, request.length, new InetSocketAddress(HERE, port())));
            DatagramPacket got = new DatagramPacket(new byte[600], 600);
            socket.receive(got);
            Files.write(folder.resolve("vmlinuz"), new byte[0]);
            byte[] ack = TftpCodec.encode(new TftpPacket.Ack(1));
            socket.send(new DatagramPacket(ack, ack.length, got.getSocketAddress()));
            socket.receive(got);
            assertThat(TftpCodec.decode(got.getData(), got.getLength())).isInstanceOf(TftpPacket.Failure.class);
        }
        assertThat(report().reason()).isEqualTo(TftpReason.UNREADABLE);
        assertThat(fetch("script.ipxe").ok()).isTrue();
    }

    @Test
    void a_client_that_is_gone_ends_its_transfer_at_once() throws Exception {
        try (DatagramSocket socket = new DatagramSocket(0, HERE)) {
            byte[] request = TftpCodec.encode(
                    new TftpPacket.Read("boot/vmlinuz", "octet", List.of(TftpOption.of("timeout", 1))));
            socket.send(new DatagramPacket(request, request.length, new InetSocketAddress(HERE, port())));
        }
        assertThat(report().reason()).isEqualTo(TftpReason.CLIENT_GONE);
    }

    @Test
    void three_hundred_transfers_at_once_arrive() throws Exception {
        terms = TftpTerms.GENEROUS.withLargestWindow(4);
        service.change(new TftpService.Terms(
                TftpSettings.USUAL.withLimits(400, 400),
                client -> terms,
                new BootIndex(List.of(new BootFile(
                        "boot/vmlinuz", kernel.length, folder.resolve("vmlinuz").toString())))));
        fetch("boot/vmlinuz", TftpOption.of("blksize", 8192));
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Fetched>> fetches = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                fetches.add(clients.submit(
                        () -> fetch("boot/vmlinuz", TftpOption.of("blksize", 8192), TftpOption.of("windowsize", 4))));
            }
            for (Future<Fetched> each : fetches) assertThat(each.get().hash()).isEqualTo(Arrays.hashCode(kernel));
        }
    }
}
