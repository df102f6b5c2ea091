package org.ekicho.site.repofile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VariablesTest {
    private static final Variables SITE =
            new Variables(Map.of("releasever", "9.4", "basearch", "x86_64", "region", "eu", "none", ""));

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                /$releasever/os/$basearch/      | /9.4/os/x86_64/
                ${releasever}x                  | 9.4x
                $RELEASEVER                     | 9.4
                $releasever_major-$releasever_minor | 9-4
                $arch                           | x86_64
                $stream                         | 9.4-stream
                $contentdir/$infra              | centos/stock
                ${nowhere:-here}                | here
                ${none:-here}                   | here
                ${region:-here}                 | eu
                ${region:+at-$region}           | at-eu
                x${none:+never}x                | xx
                ${a:-${b:-${region}}}           | eu
                \\$region \\\\ \\x               | $region \\ \\x
                $ $$ ${                         | $ $$ ${
                ${region                        | ${region
                ${region!}                      | ${region!}
                """)
    void texts_are_replaced_as_dnf_does(String written, String expected) {
        assertThat(SITE.expand(written).text()).isEqualTo(expected);
        assertThat(SITE.expand(written).unknown()).isEmpty();
    }

    @Test
    void an_unknown_variable_stays_and_is_named() {
        assertThat(SITE.expand("http://x/$nosuch/${other}/"))
                .isEqualTo(new Variables.Expanded("http://x/$nosuch/${other}/", java.util.Set.of("nosuch", "other")));
    }

    @Test
    void nesting_without_end_stays_as_text() {
        String deep = "${a:-".repeat(200) + "}".repeat(200);
        assertThat(SITE.expand(deep).text()).isNotEmpty();
    }
}
