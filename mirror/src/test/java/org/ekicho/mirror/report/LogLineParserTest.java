package org.ekicho.mirror.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class LogLineParserTest {
    private static final String LINE = "192.168.55.10 - - [27/Nov/2026:05:51:27 +0100] "
            + "\"GET /latest/base/repodata/repomd.xml?x=1 HTTP/1.1\" 200 3106 \"-\" "
            + "\"libdnf (Rocky Linux 9.4; generic; Linux.x86_64)\"";

    @Test
    void reads_every_part_of_a_line() {
        assertThat(LogLineParser.parse(LINE))
                .contains(new LogLine(
                        "192.168.55.10",
                        Instant.parse("2026-11-27T04:51:27Z"),
                        "GET",
                        "/latest/base/repodata/repomd.xml",
                        200,
                        3106,
                        "libdnf (Rocky Linux 9.4; generic; Linux.x86_64)"));
    }

    @Test
    void reads_escapes_of_nginx_and_of_apache() {
        String line =
                "::1 - joe [27/Nov/2026:04:51:27 +0000] \"GET /a HTTP/2.0\" 404 - \"a\\x22b\" \"c\\\"d\\\\e\\tf\"";
        assertThat(LogLineParser.parse(line)).hasValueSatisfying(read -> {
            assertThat(read.agent()).isEqualTo("c\"d\\e\tf");
            assertThat(read.bytes()).isZero();
        });
    }

    @Test
    void a_request_that_was_none_has_neither_method_nor_path() {
        String line = "1.2.3.4 - - [27/Nov/2026:04:51:27 +0000] \"\\x16\\x03\\x01\" 400 0 \"-\" \"-\"";
        assertThat(LogLineParser.parse(line)).hasValueSatisfying(read -> {
            assertThat(read.method()).isEmpty();
            assertThat(read.path()).isEmpty();
            assertThat(read.agent()).isEmpty();
        });
    }

    @Test
    void refuses_a_line_that_breaks_the_form_in_any_part() {
        assertThat(LogLineParser.parse("")).isEmpty();
        assertThat(LogLineParser.parse(LINE + " more")).isEmpty();
        assertThat(LogLineParser.parse(LINE.replace("Nov", "Nuv"))).isEmpty();
        assertThat(LogLineParser.parse(LINE.replace("27/", "31/"))).isEmpty();
        assertThat(LogLineParser.parse(LINE.replace(" 200 ", " OK "))).isEmpty();
        assertThat(LogLineParser.parse(LINE.replace(" 200 ", " 20 "))).isEmpty();
        assertThat(LogLineParser.parse(LINE.replace("3106", "99999999999999999999")))
                .isEmpty();
        assertThat(LogLineParser.parse(LINE.replace("Linux 9.4", "Linux \\xg4")))
                .isEmpty();
        for (int length = 0; length < LINE.length(); length++) {
            assertThat(LogLineParser.parse(LINE.substring(0, length)))
                    .as("%s characters", length)
                    .isEmpty();
        }
    }
}
