package org.ekicho.daemon.boot.ftp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.commons.net.ftp.FTP;
import org.apache.commons.net.ftp.FTPClient;
import org.apache.commons.net.ftp.FTPFile;
import org.ekicho.netboot.settings.BootSettings.FtpDoor;
import org.ekicho.wire.IpAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FtpServiceTest {
    private static final String KERNEL = "/boot/tree/el6/images/pxeboot/vmlinuz";

    @TempDir
    private Path folder;

    private final List<FtpReports.Fetched> reports = new CopyOnWriteArrayList<>();
    private final List<FTPClient> clients = new ArrayList<>();
    private byte[] kernel = new byte[0];
    private FtpService service;

    @BeforeEach
    void serve() throws IOException {
        Path tree = folder.resolve("trees/el6");
        Files.createDirectories(tree.resolve("images/pxeboot"));
        kernel = new byte[300_007];
        for (int i = 0; i < kernel.length; i++) kernel[i] = (byte) (i * 31);
        Files.write(tree.resolve("images/pxeboot/vmlinuz"), kernel);
        Files.writeString(tree.resolve(".treeinfo"), "[general]\n");
        Files.writeString(folder.resolve("secret"), "secret");
        Files.createSymbolicLink(tree.resolve("out"), folder.resolve("secret"));
        FtpTrees trees = new FtpTrees() {
            @Override
            public List<String> names() {
                return List.of("el6");
            }

            @Override
            public Optional<Path> find(String path) throws IOException {
                Path found = folder.resolve("trees").resolve(path).normalize();
                boolean inside = Files.exists(found)
                        && found.toRealPath().startsWith(folder.resolve("trees").toRealPath());
                return inside ? Optional.of(found) : Optional.empty();
            }
        };
        service = FtpService.open(IpAddress.LOOPBACK_V4, new FtpDoor(freePort(), 20_000, 40_000), trees, reports::add);
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @AfterEach
    void stop() throws IOException {
        for (FTPClient client : clients) {
            if (client.isConnected()) client.disconnect();
        }
        service.close();
    }

    private FTPClient connected() throws IOException {
        FTPClient client = new FTPClient();
        clients.add(client);
        client.connect("127.0.0.1", service.port());
        return client;
    }

    private FTPClient client() throws IOException {
        FTPClient client = connected();
        assertThat(client.login("anonymous", "anaconda@"))
                .as(client.getReplyString())
                .isTrue();
        client.setFileType(FTP.BINARY_FILE_TYPE);
        client.enterLocalPassiveMode();
        return client;
    }

    private static byte[] fetched(FTPClient client, String path) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertThat(client.retrieveFile(path, out)).as(client.getReplyString()).isTrue();
        return out.toByteArray();
    }

    @Test
    void a_file_comes_whole_passive_active_and_extended() throws IOException {
        FTPClient client = client();
        assertThat(fetched(client, KERNEL)).isEqualTo(kernel);
        client.setUseEPSVwithIPv4(true);
        assertThat(fetched(client, "//boot/tree/el6/./images/../images/pxeboot/vmlinuz"))
                .isEqualTo(kernel);
        client.enterLocalActiveMode();
        assertThat(fetched(client, KERNEL)).isEqualTo(kernel);
        assertThat(fetched(client, "/boot/tree/el6/.treeinfo")).hasSize(10);
        assertThat(client.changeWorkingDirectory("/boot/tree/el6/images")).isTrue();
        assertThat(fetched(client, "pxeboot/vmlinuz")).isEqualTo(kernel);
    }

    @Test
    void a_transfer_is_taken_up_where_it_broke_off_and_the_trace_hears_of_it() throws Exception {
        FTPClient client = client();
        client.setRestartOffset(200_000);
        assertThat(fetched(client, KERNEL)).isEqualTo(Arrays.copyOfRange(kernel, 200_000, kernel.length));
        assertThat(client.retrieveFile("/boot/tree/el6/images/install.img", new ByteArrayOutputStream()))
                .isFalse();
        while (reports.size() < 2) Thread.sleep(10);
        assertThat(reports.get(0))
                .matches(one -> one.path().equals(KERNEL) && one.status() == 200 && one.from() == 200_000)
                .matches(one ->
                        one.bytes() == kernel.length - 200_000 && one.client().equals(IpAddress.LOOPBACK_V4));
        assertThat(reports.get(1)).matches(one -> one.status() == 404 && one.bytes() == 0);
    }

    @Test
    void folders_sizes_and_times_are_told() throws IOException {
        FTPClient client = client();
        assertThat(Arrays.stream(client.listFiles("/boot/tree/el6/images")).map(FTPFile::getName))
                .containsExactly("pxeboot");
        assertThat(client.listNames("/boot/tree")).containsExactly("el6");
        assertThat(client.getSize(KERNEL)).isEqualTo("300007");
        assertThat(client.getModificationTime(KERNEL)).startsWith("20");
        assertThat(client.features()).isTrue();
    }

    @Test
    void nothing_is_written_and_no_path_leads_out() throws IOException {
        FTPClient client = client();
        assertThat(client.storeFile("/boot/tree/el6/x", new ByteArrayInputStream(new byte[3])))
                .isFalse();
        assertThat(client.deleteFile(KERNEL)).isFalse();
        assertThat(client.makeDirectory("/boot/tree/new")).isFalse();
        assertThat(client.rename(KERNEL, "/boot/tree/el6/y")).isFalse();
        assertThat(client.sendCommand("SITE", "HELP")).isGreaterThanOrEqualTo(500);
        for (String path : List.of(
                "/boot/tree/el6/out",
                "/boot/tree/../../etc/passwd",
                "/etc/passwd",
                "/boot/tree/el6/../../../../secret",
                "/boot/tree//" + folder.resolve("secret"),
                "/boot/tree/el6/images\\..\\..")) {
            assertThat(client.retrieveFile(path, new ByteArrayOutputStream()))
                    .as(path)
                    .isFalse();
        }
        assertThat(fetched(client, KERNEL)).isEqualTo(kernel);
    }

    @Test
    void only_anonymous_comes_in_and_only_so_many_of_one_address() throws IOException {
        assertThat(connected().login("root", "root")).isFalse();
        for (int i = 0; i < FtpService.MOST_PER_ADDRESS; i++) client();
        FTPClient oneMore = connected();
        assertThatThrownBy(() -> oneMore.login("anonymous", "a@")).hasMessageContaining("421");
    }

    @Test
    void nobody_is_reached_through_us() throws IOException {
        FTPClient client = client();
        assertThat(client.sendCommand("PORT", "127,0,0,2,31,144")).isGreaterThanOrEqualTo(500);
        assertThat(client.sendCommand("EPRT", "|1|192.0.2.1|8080|")).isGreaterThanOrEqualTo(500);
        assertThat(client.sendCommand("PORT", "junk" + new String(new byte[] {0}, StandardCharsets.US_ASCII)))
                .isGreaterThanOrEqualTo(500);
    }

    @Test
    void a_port_that_is_taken_is_told() {
        assertThatThrownBy(() -> FtpService.open(
                        IpAddress.LOOPBACK_V4,
                        new FtpDoor(service.port(), 20_000, 40_000),
                        new FtpTrees() {
                            @Override
                            public List<String> names() {
                                return List.of();
                            }

                            @Override
                            public Optional<Path> find(String path) {
                                return Optional.empty();
                            }
                        },
                        reports::add))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(String.valueOf(service.port()))
                .hasMessageContaining("ss -ltnp");
    }
}
