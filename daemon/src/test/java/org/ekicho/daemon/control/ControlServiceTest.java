package org.ekicho.daemon.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.ekicho.daemon.supervision.Supervisor;
import org.ekicho.ntp.NtpReason;
import org.ekicho.ntp.access.ClientEntry;
import org.ekicho.wire.Endpoint;
import org.ekicho.wire.IpAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ControlServiceTest {
    private static final ClientEntry CLIENT = new ClientEntry(
            new Endpoint(IpAddress.literal("fd00::55"), 123), 1, 2, 3, 4, 3, 4, 0, 10, NtpReason.BAD_MAC);

    @TempDir
    Path folder;

    private final Supervisor supervisor = new Supervisor(1);

    @AfterEach
    void end() {
        supervisor.close();
    }

    private ControlClient serving(ControlService.Desk desk) throws IOException {
        Path path = folder.resolve("control.sock");
        supervisor.start("control", new ControlService(path, desk));
        return new ControlClient(path);
    }

    @Test
    void answers_with_the_record_that_was_asked_for() throws IOException {
        ControlClient client = serving(request -> new ClientList(request.limit(), List.of(CLIENT)));
        ClientList answer = client.ask(new ControlRequest(Question.CLIENTS, 7), ClientList.class);
        assertThat(answer).isEqualTo(new ClientList(7, List.of(CLIENT)));
    }

    @Test
    void tells_why_there_is_no_answer() throws IOException {
        ControlClient client = serving(request -> {
            throw new IOException("the engine sleeps");
        });
        assertThatThrownBy(() -> client.ask(ControlRequest.of(Question.TIME)))
                .isInstanceOf(IOException.class)
                .hasMessage("the engine sleeps");
    }

    @Test
    void its_file_is_for_owner_and_group_and_goes_when_it_ends() throws IOException {
        ControlClient client = serving(request -> "");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(client.path())))
                .isEqualTo("rw-rw----");
        supervisor.close();
        assertThat(client.path()).doesNotExist();
    }

    @Test
    void a_second_daemon_on_the_same_socket_is_refused() throws IOException {
        ControlClient client = serving(request -> "");
        assertThatThrownBy(() -> new ControlService(client.path(), request -> ""))
                .hasMessageContaining("another ekicho already answers on");
    }

    @Test
    void a_socket_left_by_a_dead_daemon_is_replaced() throws IOException {
        try (ServerSocketChannel left = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            left.bind(UnixDomainSocketAddress.of(folder.resolve("control.sock")));
        }
        ControlClient client = serving(request -> "here");
        assertThat(client.ask(ControlRequest.of(Question.VERSION)).asString()).isEqualTo("here");
    }

    @Test
    void a_file_that_is_no_socket_is_never_replaced() throws IOException {
        Path file = Files.writeString(folder.resolve("precious"), "text");
        assertThatThrownBy(() -> new ControlService(file, request -> "")).hasMessageContaining("is not a socket");
        assertThat(file).hasContent("text");
    }

    @Test
    void without_a_daemon_the_sentence_says_what_to_do() {
        assertThatThrownBy(() -> new ControlClient(folder.resolve("none")).ask(ControlRequest.of(Question.STATUS)))
                .hasMessageContaining("no ekicho is running here")
                .hasMessageContaining("--control PATH");
    }
}
