package org.ekicho.host.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ReadOnlyBufferException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MappedCounterTest {
    @TempDir
    Path folder;

    @Test
    void begins_at_zero_and_is_eight_bytes_big_endian() throws IOException {
        Path file = folder.resolve("generation");
        MappedCounter counter = MappedCounter.open(file);
        assertThat(counter.value()).isZero();
        counter.set(0x0102030405060708L);
        assertThat(Files.readAllBytes(file)).containsExactly(1, 2, 3, 4, 5, 6, 7, 8);
    }

    @Test
    void shows_at_once_what_another_mapping_or_writer_wrote() throws IOException {
        Path file = folder.resolve("generation");
        MappedCounter writer = MappedCounter.open(file);
        MappedCounter reader = MappedCounter.openToRead(file);
        for (long i = 1; i < 1000; i++) {
            writer.set(i);
            assertThat(reader.value()).isEqualTo(i);
        }
        assertThat(MappedCounter.open(file).value()).isEqualTo(999);
    }

    @Test
    void refuses_to_read_what_is_not_there_or_too_short_and_to_write_what_is_read() throws IOException {
        assertThatThrownBy(() -> MappedCounter.openToRead(folder.resolve("none")))
                .isInstanceOf(NoSuchFileException.class);
        Path brief = Files.write(folder.resolve("brief"), new byte[7]);
        assertThatThrownBy(() -> MappedCounter.openToRead(brief))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("7 bytes");
        Path file = folder.resolve("generation");
        MappedCounter.open(file);
        assertThatThrownBy(() -> MappedCounter.openToRead(file).set(1)).isInstanceOf(ReadOnlyBufferException.class);
    }
}
