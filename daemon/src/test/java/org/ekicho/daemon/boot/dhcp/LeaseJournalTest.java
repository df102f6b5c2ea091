package org.ekicho.daemon.boot.dhcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.ekicho.netboot.lease.LeaseJournalCodec;
import org.ekicho.netboot.lease.LeaseRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LeaseJournalTest {
    private static final String LINE =
            "bound 10.77.0.100 1795000000 52:54:00:77:00:01 mac:52:54:00:77:00:01 node1 291ea3ab\n";
    private static final LeaseRecord ONE = LeaseJournalCodec.decode(LINE.getBytes(StandardCharsets.US_ASCII))
            .records()
            .getFirst();

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("leases.journal");
    }

    @Test
    void what_was_appended_is_found_again() throws IOException {
        try (LeaseJournal journal = LeaseJournal.open(file)) {
            assertThat(journal.found().records()).isEmpty();
            journal.append(List.of(ONE));
        }
        try (LeaseJournal journal = LeaseJournal.open(file)) {
            assertThat(journal.found().records()).containsExactly(ONE);
        }
    }

    @Test
    void a_torn_line_is_taken_away_before_anything_is_appended() throws IOException {
        Files.writeString(file, LINE + LINE.substring(0, 30));
        try (LeaseJournal journal = LeaseJournal.open(file)) {
            assertThat(journal.found().damaged()).isEqualTo(1);
            journal.append(List.of(ONE));
        }
        assertThat(file).hasContent(LINE + LINE);
    }

    @Test
    void a_disk_that_fills_in_the_middle_of_a_line_leaves_the_file_as_it_was() throws IOException {
        Files.writeString(file, LINE);
        AtomicBoolean full = new AtomicBoolean(true);
        try (LeaseJournal journal = LeaseJournal.open(file, (channel, bytes) -> {
            if (full.get()) {
                ByteBuffer part = bytes.slice(bytes.position(), 17);
                bytes.position(bytes.position() + channel.write(part));
                throw new IOException("No space left on device");
            }
            channel.write(bytes);
        })) {
            assertThatThrownBy(() -> journal.append(List.of(ONE))).isInstanceOf(IOException.class);
            assertThat(file).hasContent(LINE);
            full.set(false);
            journal.append(List.of(ONE));
        }
        assertThat(file).hasContent(LINE + LINE);
    }

    @Test
    void a_file_of_old_lines_is_written_anew() throws IOException {
        Files.writeString(file, LINE.repeat(10_001));
        try (LeaseJournal journal = LeaseJournal.open(file)) {
            assertThat(journal.found().records()).hasSize(1);
            assertThat(journal.isWorthCompacting(1)).isTrue();
            journal.compact(journal.found().records());
            journal.append(List.of(ONE));
            assertThat(journal.isWorthCompacting(1)).isFalse();
        }
        assertThat(file).hasContent(LINE + LINE);
    }

    @Test
    void a_file_that_cannot_be_a_journal_is_not_read_into_memory() throws IOException {
        try (var channel = Files.newByteChannel(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.position(300L << 20);
            channel.write(ByteBuffer.wrap(new byte[1]));
        }
        assertThatThrownBy(() -> LeaseJournal.open(file)).hasMessageContaining("move it away");
    }
}
