package org.ekicho.daemon.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.ekicho.wire.Datagram;
import org.junit.jupiter.api.Test;

class MailboxTest {
    private final Mailbox mailbox = new Mailbox();
    private final List<String> read = new ArrayList<>();
    private final Mailbox.Reader reader = new Mailbox.Reader() {
        @Override
        public void time(Datagram datagram) {
            read.add("time " + datagram.bytes[0]);
        }

        @Override
        public void control(Datagram datagram) {
            read.add("control " + datagram.bytes[0]);
        }

        @Override
        public void command(Runnable command) {
            command.run();
        }
    };

    private static Datagram datagram(int first) {
        return new Datagram().payload(new byte[] {(byte) first});
    }

    @Test
    void hands_out_commands_first_and_datagrams_in_order() throws InterruptedException {
        mailbox.offer(Mailbox.Kind.TIME, datagram(1));
        mailbox.offer(Mailbox.Kind.CONTROL, datagram(2));
        mailbox.post(() -> read.add("command"));
        while (mailbox.take(reader, 0)) {}
        assertThat(read).containsExactly("command", "time 1", "control 2");
    }

    @Test
    void keeps_what_the_datagram_was_when_it_came() throws InterruptedException {
        Datagram reused = datagram(1);
        mailbox.offer(Mailbox.Kind.TIME, reused);
        reused.payload(new byte[] {9});
        mailbox.take(reader, 0);
        assertThat(read).containsExactly("time 1");
    }

    @Test
    void counts_and_loses_what_finds_no_room() throws InterruptedException {
        for (int i = 0; i < Mailbox.PACKETS; i++) {
            assertThat(mailbox.offer(Mailbox.Kind.TIME, datagram(1))).isTrue();
        }
        assertThat(mailbox.offer(Mailbox.Kind.TIME, datagram(2))).isFalse();
        assertThat(mailbox.lost()).isOne();
        mailbox.take(reader, 0);
        assertThat(mailbox.offer(Mailbox.Kind.TIME, datagram(3))).isTrue();
        while (mailbox.take(reader, 0)) {}
        assertThat(read).hasSize(Mailbox.PACKETS + 1).doesNotContain("time 2").endsWith("time 3");
    }

    @Test
    void control_queries_do_not_crowd_out_time() {
        for (int i = 0; i < Mailbox.PACKETS; i++) {
            mailbox.offer(Mailbox.Kind.CONTROL, datagram(i));
        }
        assertThat(mailbox.lost()).isEqualTo(Mailbox.PACKETS - Mailbox.CONTROL_PACKETS);
        assertThat(mailbox.offer(Mailbox.Kind.TIME, datagram(1))).isTrue();
    }

    @Test
    void a_full_mailbox_refuses_commands() {
        for (int i = 0; i < Mailbox.COMMANDS; i++) {
            assertThat(mailbox.post(() -> {})).isTrue();
        }
        assertThat(mailbox.post(() -> {})).isFalse();
        assertThat(mailbox.lost()).isOne();
    }
}
