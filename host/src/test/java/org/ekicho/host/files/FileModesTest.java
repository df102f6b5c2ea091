package org.ekicho.host.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileModesTest {
    @TempDir
    Path directory;

    private FileModes modes(String permissions) throws IOException {
        Path file = directory.resolve("ntp.keys");
        Files.deleteIfExists(file);
        Files.createFile(file);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
        return FileModes.of(file);
    }

    @Test
    void a_secret_that_everybody_reads_is_refused_with_the_command_that_mends_it() throws IOException {
        FileModes open = modes("rw-r--r--");
        assertThat(open.octal()).isEqualTo("0644");
        assertThat(open.secretProblem(open.owner()))
                .hasValueSatisfying(text -> assertThat(text)
                        .contains("0644", "every user of this host may read it", "chmod 0640 " + open.file()));
    }

    @Test
    void owner_and_group_may_read_but_the_group_must_not_write() throws IOException {
        for (String good : new String[] {"rw-------", "r--------", "rw-r-----"}) {
            FileModes modes = modes(good);
            assertThat(modes.secretProblem(modes.owner())).isEmpty();
        }
        FileModes modes = modes("rw-rw----");
        assertThat(modes.secretProblem(modes.owner()).orElseThrow()).contains("its group may change it");
    }

    @Test
    void a_stranger_must_not_own_a_secret() throws IOException {
        FileModes modes = new FileModes(Path.of("k"), 0600, 4242, 0);
        assertThat(modes.secretProblem(0).orElseThrow()).contains("belongs to user 4242", "chown root k");
        assertThat(modes.secretProblem(4242)).isEmpty();
    }

    @Test
    void reads_a_file_up_to_its_limit_and_not_beyond() throws IOException {
        Path file = directory.resolve("f");
        Files.writeString(file, "grüße");
        assertThat(BoundedRead.text(file, 7)).isEqualTo("grüße");
        assertThatThrownBy(() -> BoundedRead.bytes(file, 6)).hasMessageContaining("longer than 6 bytes");
        Files.write(file, new byte[] {(byte) 0xff});
        assertThatThrownBy(() -> BoundedRead.text(file, 7)).hasMessageContaining("not text in UTF-8");
        assertThatThrownBy(() -> BoundedRead.bytes(Path.of("/dev/zero"), 100)).hasMessageContaining("longer");
    }
}
