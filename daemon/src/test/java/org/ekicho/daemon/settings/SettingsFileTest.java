package org.ekicho.daemon.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsFileTest {
    @TempDir
    private Path root;

    private SettingsReading read(String text) throws IOException {
        Path file = Files.writeString(root.resolve("ekicho.toml"), text);
        return new SettingsFile(file, SettingsFile.Kind.of(file)).read();
    }

    @Test
    void a_mirror_without_a_time_service_is_served() throws IOException {
        RunSettings settings = read("[site]\nname = \"lab\"\n[time]\nenabled = false\n[mirror]\nfolder = \"mirror\"\n")
                .settings()
                .orElseThrow();
        assertThat(settings.time()).isEmpty();
        assertThat(settings.site().mirror()).isPresent();
    }

    @Test
    void a_site_with_neither_is_nothing_to_serve() throws IOException {
        SettingsReading reading = read("[site]\nname = \"lab\"\n[time]\nenabled = false\n");
        assertThat(reading.settings()).isEmpty();
        assertThat(reading.report().print()).contains("there is neither [time] nor [mirror] nor [boot] in it");
    }
}
