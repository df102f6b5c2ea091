package org.ekicho.site.adopt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class UnifiedDiffTest {
    @Test
    void equal_texts_have_none() {
        assertThat(UnifiedDiff.render("a", "b", "x\n", "x\n")).isEmpty();
    }

    @Test
    void a_change_has_three_lines_around_it_and_tells_a_missing_newline() {
        assertThat(UnifiedDiff.render("a", "b", "1\n2\n3\n4\n5\n6\n7\n8\n9", "1\n2\n3\n4\n5\nsix\n7\n8\n9"))
                .isEqualTo("""
                        --- a
                        +++ b
                        @@ -3,7 +3,7 @@
                         3
                         4
                         5
                        -6
                        +six
                         7
                         8
                         9
                        \\ No newline at end of file
                        """);
        assertThat(UnifiedDiff.render("a", "b", "", "x\n")).isEqualTo("--- a\n+++ b\n@@ -0,0 +1 @@\n+x\n");
    }

    @Test
    void the_lines_of_each_side_are_that_side() {
        Random dice = new Random(7);
        for (int i = 0; i < 500; i++) {
            String old = text(dice);
            String now = text(dice);
            String diff = UnifiedDiff.render("a", "b", old, now);
            if (!diff.isEmpty() && old.lines().count() <= 4 && now.lines().count() <= 4) {
                assertThat(side(diff, '+')).as(diff).isEqualTo(old);
                assertThat(side(diff, '-')).as(diff).isEqualTo(now);
            }
        }
    }

    private static String text(Random dice) {
        return dice.ints(dice.nextInt(5), 'a', 'd')
                .collect(StringBuilder::new, (s, c) -> s.append((char) c).append('\n'), StringBuilder::append)
                .toString();
    }

    /// All lines of the hunks but those of the other side.
    private static String side(String diff, char without) {
        StringBuilder side = new StringBuilder();
        diff.lines()
                .skip(3)
                .filter(line -> line.charAt(0) != without)
                .forEach(line -> side.append(line.substring(1)).append('\n'));
        return side.toString();
    }
}
