package org.ekicho.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.ekicho.wire.Endpoint;
import org.ekicho.wire.IpAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PortOwnersTest {
    private static final String HEAD =
            "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n";

    @TempDir
    Path proc;

    private static Endpoint at(String address, int port) {
        return new Endpoint(IpAddress.literal(address), port);
    }

    private void table(String name, String local, String state, int inode) throws IOException {
        Path net = Files.createDirectories(proc.resolve("self/net"));
        Files.writeString(
                net.resolve(name),
                HEAD
                        + "  77: %s 00000000:0000 %s 00000000:00000000 00:00000000 00000000   0  0 %d 2 0 0\n"
                                .formatted(local, state, inode));
    }

    @Test
    void reads_addresses_as_the_kernel_writes_them() {
        assertThat(PortOwners.endpoint("0100007F:007B")).contains(at("127.0.0.1", 123));
        assertThat(PortOwners.endpoint("B80D0120000000000000000001000000:0143")).contains(at("2001:db8::1", 323));
        assertThat(PortOwners.endpoint("rubbish")).isEmpty();
    }

    @Test
    void names_the_process_and_its_unit() throws IOException {
        table("udp", "00000000:007B", "07", 4711);
        Path process = Files.createDirectories(proc.resolve("812/fd")).getParent();
        Files.createSymbolicLink(proc.resolve("812/fd/5"), Path.of("socket:[4711]"));
        Files.writeString(proc.resolve("812/comm"), "chronyd\n");
        Files.writeString(proc.resolve("812/cgroup"), "0::/system.slice/chrony.service\n");
        assertThat(process).isNotNull();
        PortOwners owners = new PortOwners(proc);
        assertThat(owners.udp(at("192.168.1.1", 123))).singleElement().hasToString("chronyd (pid 812, chrony.service)");
        assertThat(owners.udp(at("192.168.1.1", 124))).isEmpty();
        assertThat(owners.udp(at("::", 123))).isEmpty();
    }

    @Test
    void says_when_only_root_can_tell() throws IOException {
        table("udp6", "00000000000000000000000000000000:007B", "07", 4711);
        assertThat(new PortOwners(proc).udp(at("0.0.0.0", 123)))
                .singleElement()
                .hasToString("another process (run as root to see which)");
    }

    @Test
    void another_address_is_not_in_the_way() throws IOException {
        table("udp", "0100007F:007B", "07", 4711);
        assertThat(new PortOwners(proc).udp(at("127.0.0.2", 123))).isEmpty();
        assertThat(new PortOwners(proc).udp(at("0.0.0.0", 123))).hasSize(1);
    }

    @Test
    void finds_this_very_process_behind_a_listening_tcp_port() throws IOException {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(IpAddress.LOOPBACK_V4.toInetAddress(), 0));
            Endpoint bound = new Endpoint(IpAddress.LOOPBACK_V4, socket.getLocalPort());
            assertThat(new PortOwners().tcp(bound))
                    .singleElement()
                    .satisfies(owner -> assertThat(owner.pid())
                            .contains((int) ProcessHandle.current().pid()));
        }
    }
}
