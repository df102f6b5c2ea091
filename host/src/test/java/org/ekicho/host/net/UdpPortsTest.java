package org.ekicho.host.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.ekicho.wire.Datagram;
import org.ekicho.wire.IpAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UdpPortsTest {
    private static final IpAddress HERE = IpAddress.literal("127.0.0.1");
    private static final int PATIENCE_MILLIS = 10_000;

    @TempDir
    private Path folder = Path.of("");

    private static UdpOptions options() {
        return UdpOptions.on(HERE, 0).forBulk();
    }

    private static Datagram[] room(int count) {
        Datagram[] room = new Datagram[count];
        for (int i = 0; i < count; i++) room[i] = new Datagram();
        return room;
    }

    private static BlockRun run(UdpPorts.Port<String> to, int length, int count, int lastLength) {
        BlockRun run = new BlockRun();
        run.to.peer(HERE, to.local().port()).local(HERE, 0);
        run.length = length;
        run.count = count;
        run.lastLength = lastLength;
        for (int i = 0; i < count; i++) run.heads[i * BlockRun.HEAD + 3] = (byte) (i + 1);
        return run;
    }

    @Test
    void a_run_arrives_as_single_datagrams_with_their_heads() throws IOException {
        byte[] content = new byte[200_000];
        new Random(1).nextBytes(content);
        Path file = Files.write(folder.resolve("content"), content);
        try (UdpPorts<String> ports = new UdpPorts<>();
                SharedBytes shared = SharedBytes.map(file)) {
            UdpPorts.Port<String> from = ports.open(options(), port -> "from");
            UdpPorts.Port<String> to = ports.open(options(), port -> "to");
            for (int length : new int[] {8, 512, 1400, 1468}) {
                for (int count : new int[] {1, 2, 45, 64}) {
                    BlockRun run = run(to, length, count, length / 2);
                    run.offset = 777;
                    assertThat(ports.send(from, run, shared)).isEqualTo(count);
                    Datagram[] got = room(64);
                    int taken = 0;
                    while (taken < count) {
                        assertThat(ports.await(PATIENCE_MILLIS)).isEqualTo(1);
                        assertThat(ports.ready(0).owner()).isEqualTo("to");
                        int more = ports.receive(to, got);
                        for (int i = 0; i < more; i++, taken++) {
                            int at = 777 + taken * length;
                            int expected = taken == count - 1 ? length / 2 : length;
                            assertThat(got[i].bytes[3]).isEqualTo((byte) (taken + 1));
                            assertThat(Arrays.copyOfRange(got[i].bytes, 4, got[i].length))
                                    .isEqualTo(Arrays.copyOfRange(content, at, at + expected));
                        }
                    }
                }
            }
        }
    }

    @Test
    void a_peer_that_is_gone_is_told_and_does_not_keep_the_port_ready() throws IOException {
        try (UdpPorts<String> ports = new UdpPorts<>();
                SharedBytes shared = SharedBytes.of(new byte[100])) {
            UdpPorts.Port<String> from = ports.open(options(), port -> "from");
            UdpPorts.Port<String> gone = ports.open(options(), port -> "gone");
            BlockRun run = run(gone, 10, 1, 10);
            ports.close(gone);
            ports.send(from, run, shared);
            assertThat(ports.await(PATIENCE_MILLIS)).isEqualTo(1);
            assertThat(ports.receive(ports.ready(0), room(4))).isEqualTo(UdpPorts.UNREACHABLE);
            assertThat(ports.await(0)).isZero();
        }
    }

    @Test
    void a_port_that_another_thread_shuts_ends_the_wait() throws Exception {
        try (UdpPorts<String> ports = new UdpPorts<>()) {
            UdpPorts.Port<String> port = ports.open(options(), opened -> "door");
            Thread other = Thread.ofPlatform().start(port::shut);
            assertThat(ports.await(PATIENCE_MILLIS)).isEqualTo(1);
            assertThat(port.isShut()).isTrue();
            assertThat(ports.receive(port, room(1))).isZero();
            other.join();
        }
    }
}
