package org.ekicho.site.toml;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.ekicho.site.StatedSurroundings;
import org.junit.jupiter.api.Test;
import org.tomlj.Toml;
import org.tomlj.TomlParseResult;

class SiteFilePageTest {
    private static final Path PAGE = Path.of("../docs/site-file.md");

    /// With `-Dgolden.write=true` the page is written instead.
    @Test
    void the_manual_page_is_the_one_rendered_from_the_schema() throws IOException {
        if (Boolean.getBoolean("golden.write")) {
            Files.writeString(PAGE, SiteFilePage.render());
        }
        assertThat(Files.readString(PAGE)).isEqualTo(SiteFilePage.render());
    }

    @Test
    void every_example_of_the_schema_is_taken() {
        for (Section section : SiteSchema.SECTIONS) {
            for (Key key : section.keys()) {
                TomlParseResult parsed = Toml.parse(key.name() + " = " + key.example());
                assertThat(parsed.errors()).as(key.name()).isEmpty();
                assertThat(key.kind().takes(Objects.requireNonNull(parsed.get(List.of(key.name())))))
                        .as(section.header() + " " + key.name())
                        .isTrue();
            }
        }
    }

    @Test
    void the_example_of_the_page_reads_without_any_problem() {
        StatedSurroundings around = new StatedSurroundings()
                .file("/etc/ekicho/ntp.keys", "10 SHA1 0123456789abcdef0123456789abcdef01234567\n");
        assertThat(SiteFile.read("ekicho.toml", SiteFilePage.example(), around)
                        .report()
                        .diagnostics())
                .isEmpty();
    }

    @Test
    void keys_are_lower_case_with_dashes_and_stand_once() {
        for (Section section : SiteSchema.SECTIONS) {
            assertThat(section.keys())
                    .extracting(Key::name)
                    .doesNotHaveDuplicates()
                    .allMatch(n -> n.matches("[a-z]+[a-z0-9]*(-[a-z0-9]+)*"));
        }
    }
}
