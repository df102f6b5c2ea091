package org.ekicho.netboot.answer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class AnswerLintTest {
    private static List<String> problems(AnswerLanguage language, String text) {
        return AnswerLint.check(language, text).stream()
                .map(AnswerProblem::toString)
                .toList();
    }

    @Test
    void a_good_kickstart_has_nothing_to_say() {
        assertThat(problems(AnswerLanguage.KICKSTART, """
                        url --url=http://10.0.0.1/x
                        rootpw --iscrypted $6$abc
                        reboot
                        %packages
                        @core
                        %end
                        %post
                        %something a script may print
                        %end
                        """)).isEmpty();
    }

    @Test
    void a_kickstart_is_told_what_would_stop_or_surprise() {
        assertThat(problems(AnswerLanguage.KICKSTART, """
                        rootpw secret
                        netwrok --bootproto=dhcp
                        %packages
                        @core
                        %post
                        """))
                .satisfiesExactly(
                        one -> assertThat(one).startsWith("1:1: warning: rootpw has its password in plain text"),
                        two -> assertThat(two).isEqualTo("2:1: error: netwrok is no command of any kickstart"),
                        three -> assertThat(three).isEqualTo("3:1: error: %packages has no %end before %post begins"),
                        four -> assertThat(four).startsWith("5:1: error: %post has no %end"),
                        five -> assertThat(five).contains("neither reboot nor poweroff"));
    }

    @Test
    void a_preseed_line_has_four_parts() {
        assertThat(problems(AnswerLanguage.PRESEED, """
                        d-i debian-installer/locale string en_US
                        d-i preseed/late_command string a; \\
                          b
                        d-i x/y
                        d-i a/b bool true
                        d-i a/b boolean yes
                        d-i passwd/root-password password secret
                        """))
                .satisfiesExactly(
                        one -> assertThat(one).startsWith("4:1: error: not of the form"),
                        two -> assertThat(two).startsWith("5:9: error: bool is no type"),
                        three -> assertThat(three).isEqualTo("6:1: error: a boolean is true or false, not \"yes\""),
                        four -> assertThat(four).contains("passwd/root-password-crypted"));
    }

    @Test
    void an_autoinstall_must_look_like_one() {
        assertThat(problems(AnswerLanguage.AUTOINSTALL, "#cloud-config\nautoinstall:\n  version: 1\n"))
                .isEmpty();
        assertThat(problems(AnswerLanguage.AUTOINSTALL, "autoinstall:\n\tversion: 1\n"))
                .hasSize(2)
                .first()
                .asString()
                .contains("#cloud-config");
        assertThat(problems(AnswerLanguage.AUTOINSTALL, "#cloud-config\nusers: []\n"))
                .singleElement()
                .asString()
                .contains("no autoinstall:");
    }

    @Test
    void autoyast_closes_what_it_opens() {
        assertThat(problems(
                        AnswerLanguage.AUTOYAST,
                        "<?xml version=\"1.0\"?>\n<!DOCTYPE profile>\n<profile xmlns=\"a\"><x/><!-- < --></profile>\n"))
                .isEmpty();
        assertThat(problems(AnswerLanguage.AUTOYAST, "<profile>\n <a>\n </b>\n</profile>"))
                .containsExactly("3:2: error: </b> closes <a> of line 2");
        assertThat(problems(AnswerLanguage.AUTOYAST, "<profile>\n <a>"))
                .containsExactly("2:2: error: <a> is never closed");
        assertThat(problems(AnswerLanguage.AUTOYAST, "<other/>"))
                .singleElement()
                .asString()
                .contains("profile");
    }

    @Test
    void fuzz_target_takes_what_grows() {
        String include = "#@include x\n".repeat(50);
        AnswerFuzz.fuzzerTestOneInput(include.getBytes(StandardCharsets.UTF_8));
        String loops = IntStream.range(0, 18)
                        .mapToObj(i -> "#@for a" + i + " in repos\n")
                        .reduce("", String::concat) + "x\n" + "#@end\n".repeat(18);
        AnswerFuzz.fuzzerTestOneInput(loops.getBytes(StandardCharsets.UTF_8));
    }
}
