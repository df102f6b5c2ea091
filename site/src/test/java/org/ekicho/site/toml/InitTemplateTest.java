package org.ekicho.site.toml;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ekicho.site.Golden;
import org.ekicho.site.SiteReading;
import org.ekicho.site.StatedSurroundings;
import org.junit.jupiter.api.Test;

class InitTemplateTest {
    private static final Optional<String> KEYS = Optional.of("/etc/ekicho/ntp.keys");

    private final StatedSurroundings around =
            new StatedSurroundings().file("/etc/ekicho/ntp.keys", "10 SHA1 0123456789abcdef0123456789abcdef01234567\n");

    @Test
    void whatever_is_answered_reads_without_any_problem() {
        for (InitAnswers answers : everyAnswer()) {
            SiteReading reading = SiteFile.read("ekicho.toml", InitTemplate.render(answers), around);
            assertThat(reading.report().diagnostics())
                    .as(answers + "\n" + reading.report().print())
                    .isEmpty();
            var time = reading.settings().orElseThrow().time().orElseThrow();
            assertThat(reading.settings().orElseThrow().name()).isEqualTo(answers.siteName());
            assertThat(time.sources()).hasSameSizeAs(answers.servers());
            assertThat(time.localClock().isPresent())
                    .isEqualTo(answers.servers().isEmpty());
            assertThat(time.broadcasts()).hasSize(answers.multicast().isPresent() ? 1 : 0);
            assertThat(time.keys().trusted()).hasSize(answers.keyFile().isPresent() ? 1 : 0);
        }
    }

    private static List<InitAnswers> everyAnswer() {
        List<InitAnswers> all = new ArrayList<>();
        for (String name : List.of("lab", "a \"quoted\" \\ name\u0007 駅長")) {
            for (List<String> interfaces : List.of(List.<String>of(), List.of("eth0", "eth0.20"))) {
                for (List<String> servers : List.of(List.<String>of(), List.of("ntp1.lan", "10.0.0.1"))) {
                    for (Optional<String> keys : List.of(KEYS, Optional.<String>empty())) {
                        all.add(new InitAnswers(name, interfaces, servers, keys, 10, Optional.empty()));
                        all.add(new InitAnswers(
                                name,
                                interfaces,
                                servers,
                                keys,
                                10,
                                Optional.of(new InitAnswers.Multicast("224.0.1.1", List.of("eth0")))));
                    }
                }
            }
        }
        return all;
    }

    @Test
    void the_unasked_file_is_as_judged_right() {
        Golden.check("sitefile/init.unasked", InitTemplate.render(InitAnswers.unasked("lab")));
    }

    @Test
    void what_stands_in_its_comments_is_right_too() {
        around.file("repos.d/base.repo", "[base]\nbaseurl=http://mirror.lan/$releasever/\ngpgcheck=0\n");
        String text = InitTemplate.render(InitAnswers.unasked("lab"))
                .replaceAll("(?m)^# (\\[\\[?time|\\[mirror|[a-z-]+ = )", "$1")
                .replaceAll("(?m)^ntp-conf.*$", "");
        assertThat(text)
                .contains("\n[[time.server]]\naddress")
                .contains("\n[time.receive]\ngroups")
                .contains("\n[mirror.serve]\nlisten");
        SiteReading reading = SiteFile.read("ekicho.toml", text, around);
        assertThat(reading.report().diagnostics())
                .as(reading.report().print() + text)
                .isEmpty();
    }
}
