package org.ekicho.netboot.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/// The page says what the code says.
final class BootTracePageTest {
    private static final Path PAGE = Path.of("../docs/boot-trace.md");

    @Test
    void every_verdict_stands_in_the_table_as_it_is_said() throws IOException {
        String page = Files.readString(PAGE);
        for (BootVerdict verdict : BootVerdict.values()) {
            assertThat(page)
                    .contains("| `" + verdict + "` | " + verdict.sentence() + " | `"
                            + verdict.command().replace("|", "\\|") + "` |");
        }
        assertThat(page.lines().filter(line -> line.matches("\\| `[A-Z_0-9]+` \\|.*")))
                .hasSameSizeAs(BootVerdict.values());
    }

    @Test
    void the_example_is_what_is_printed() throws IOException {
        String page = Files.readString(PAGE);
        String example = page.substring(page.indexOf("```\n") + 4, page.indexOf("\n```\n", page.indexOf("```\n") + 4));
        assertThat(Files.readString(Path.of("src/test/resources/golden/boot/f-uefi-tid.txt")))
                .startsWith(example);
    }

    @Test
    void the_limits_are_those_of_the_code() throws IOException {
        String page = Files.readString(PAGE);
        assertThat(page)
                .contains("last " + BootTimeline.MAX_ATTEMPTS + " attempts")
                .contains(AttemptLog.MAX_EVENTS + " events of each")
                .contains("first " + AttemptLog.FIRST_KEPT + " and the last "
                        + (AttemptLog.MAX_EVENTS - AttemptLog.FIRST_KEPT))
                .contains(TraceBook.MAX_MACHINES + " machines and "
                        + String.format(Locale.ROOT, "%,d", TraceBook.MAX_EVENTS)
                                .replace(',', ' '));
    }
}
