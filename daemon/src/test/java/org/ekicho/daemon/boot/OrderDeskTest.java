package org.ekicho.daemon.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Optional;
import org.ekicho.netboot.policy.InstallOrder;
import org.ekicho.netboot.policy.InstallOrder.State;
import org.ekicho.netboot.policy.OrderBook;
import org.ekicho.wire.MacAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OrderDeskTest {
    private static final Instant NOW = Instant.parse("2026-11-27T09:00:00Z");

    @TempDir
    Path folder;

    private BootFolder boot() {
        return new BootFolder(folder, folder);
    }

    private static InstallOrder order(String id) {
        return new InstallOrder(
                id,
                MacAddress.literal("52:54:00:77:00:01"),
                "web",
                "anna",
                NOW,
                NOW.plus(InstallOrder.DEFAULT_LIFE),
                State.ARMED,
                Optional.empty());
    }

    @Test
    void two_processes_see_each_others_orders() throws IOException {
        OrderDesk service = new OrderDesk(boot());
        OrderDesk command = new OrderDesk(boot());
        assertThat(service.orders()).isEqualTo(OrderBook.EMPTY);
        command.change(book -> book.arm(order("1")));
        assertThat(service.orders().byId("1")).map(InstallOrder::state).contains(State.ARMED);
        service.change(book -> book.move("1", State.STARTED));
        assertThat(command.orders().byId("1")).map(InstallOrder::state).contains(State.STARTED);
        assertThat(command.change(book -> book.arm(order("2"))).orders()).hasSize(2);
    }

    @Test
    void the_file_is_nobody_elses_business() throws IOException {
        new OrderDesk(boot()).change(book -> book.arm(order("1")));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("orders"))))
                .isEqualTo("rw-r-----");
    }

    @Test
    void a_broken_line_installs_nothing_and_loses_nothing_else() throws IOException {
        OrderDesk desk = new OrderDesk(boot());
        desk.change(book -> book.arm(order("1")));
        Files.writeString(folder.resolve("orders"), Files.readString(folder.resolve("orders")) + "half a li");
        assertThat(new OrderDesk(boot()).orders().orders())
                .extracting(InstallOrder::id)
                .containsExactly("1");
    }

    @Test
    void orders_that_cannot_be_read_are_an_error_not_an_empty_book() throws IOException {
        Files.createDirectory(folder.resolve("orders"));
        assertThatThrownBy(() -> new OrderDesk(boot()).orders()).isInstanceOf(IOException.class);
    }

    @Test
    void the_audit_log_has_one_line_for_each_thing_whatever_it_says() throws IOException {
        AuditLog log = new AuditLog(boot());
        log.tell(NOW, "refused: a\nforged line");
        log.tell(NOW, "armed 1");
        assertThat(Files.readAllLines(folder.resolve("audit.log")))
                .containsExactly("2026-11-27T09:00:00Z refused: a?forged line", "2026-11-27T09:00:00Z armed 1");
    }
}
