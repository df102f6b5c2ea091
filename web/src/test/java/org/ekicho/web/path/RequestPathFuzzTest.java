package org.ekicho.web.path;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RequestPathFuzzTest {
    private static final String[] PIECES = {
        "/",
        "//",
        ".",
        "..",
        "%2e",
        "%2E",
        "%2f",
        "%5c",
        "\\",
        "%00",
        "a",
        "é",
        "%c3%a9",
        "%",
        "?",
        "#",
        ".treeinfo",
        "~",
        " ",
        "http://h",
        "%252e"
    };

    @Test
    void no_mixture_of_tricks_leaves_the_folder() {
        Random dice = new Random(11);
        int plain = 0;
        for (int i = 0; i < 20_000; i++) {
            StringBuilder target = new StringBuilder("/");
            for (int n = dice.nextInt(7); n > 0; n--) {
                target.append(PIECES[dice.nextInt(PIECES.length)]);
            }
            RequestPathFuzz.fuzzerTestOneInput(target.toString().getBytes(StandardCharsets.ISO_8859_1));
            plain += RequestPath.parse(target.toString()) instanceof RequestPath.Plain ? 1 : 0;
        }
        assertThat(plain).isBetween(1000, 19_000);
    }
}
