package org.ekicho.site.repofile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.ekicho.site.Golden;
import org.junit.jupiter.api.Test;

class RepoFileTest {
    @Test
    void any_text_is_the_same_again_to_the_last_byte() {
        for (String text : List.of("", "\n", "a", "[x]\r\na=b\r\n", "a\rb\n\r\n\n", "[x]\n  y\n#c\nlast")) {
            assertThat(RepoFile.parse(text).text()).isEqualTo(text);
        }
        Golden.files("repofile", ".repo")
                .forEach(f -> assertThat(RepoFile.parse(f.latin1()).text()).isEqualTo(f.latin1()));
    }

    @Test
    void a_line_is_what_its_first_character_says() {
        List<RepoLine> lines = RepoFile.parse("""
                # prose = nothing more
                #baseurl=http://a/
                ;;  mirrorlist = http://b/
                [id] rest
                Key = value = more
                  continued
                nothing
                =x
                """).lines();
        assertThat(lines)
                .extracting(RepoLine::form)
                .containsExactly(
                        new RepoLine.Form.Commented("prose", "nothing more"),
                        new RepoLine.Form.Commented("baseurl", "http://a/"),
                        new RepoLine.Form.Commented("mirrorlist", "http://b/"),
                        new RepoLine.Form.Header("id", "rest"),
                        new RepoLine.Form.Setting("Key", "value = more"),
                        new RepoLine.Form.Continuation("continued"),
                        new RepoLine.Form.Unclear(),
                        new RepoLine.Form.Unclear());
    }

    @Test
    void a_line_shows_its_place_only() {
        assertThat(RepoFile.parse("password=hunter2\n").lines().getFirst().toString())
                .isEqualTo("line 1, Setting");
    }
}
