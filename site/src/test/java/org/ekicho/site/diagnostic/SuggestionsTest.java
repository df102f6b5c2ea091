package org.ekicho.site.diagnostic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SuggestionsTest {
    private static final List<String> WORDS =
            List.of("server", "broadcast", "multicastclient", "key", "steer", "observe");

    @Test
    void finds_the_word_that_was_meant() {
        assertThat(Suggestions.nearest("servre", WORDS)).contains("server");
        assertThat(Suggestions.nearest("boradcast", WORDS)).contains("broadcast");
        assertThat(Suggestions.nearest("multicastcleint", WORDS)).contains("multicastclient");
        assertThat(Suggestions.nearest("kye", WORDS)).contains("key");
        assertThat(Suggestions.nearest("steering", WORDS)).contains("steer");
        assertThat(Suggestions.nearest("multicast", WORDS)).contains("multicastclient");
    }

    @Test
    void suggests_nothing_when_nothing_is_near() {
        assertThat(Suggestions.nearest("zzzzzz", WORDS)).isEmpty();
        assertThat(Suggestions.nearest("", WORDS)).isEmpty();
        assertThat(Suggestions.nearest("x".repeat(1000), WORDS)).isEmpty();
        assertThat(Suggestions.nearest("k", WORDS)).isEmpty();
    }

    @Test
    void a_distance_is_symmetric_zero_for_equals_and_bounded_by_the_longer_word() {
        Random dice = new Random(3);
        for (int i = 0; i < 2000; i++) {
            String a = word(dice);
            String b = word(dice);
            int distance = Suggestions.distance(a, b);
            assertThat(distance).isEqualTo(Suggestions.distance(b, a)).isBetween(0, Math.max(a.length(), b.length()));
            assertThat(distance == 0).isEqualTo(a.equals(b));
        }
        assertThat(Suggestions.distance("ab", "ba")).isEqualTo(1);
        assertThat(Suggestions.distance("abc", "")).isEqualTo(3);
    }

    private static String word(Random dice) {
        StringBuilder word = new StringBuilder();
        for (int length = dice.nextInt(7); length > 0; length--) {
            word.append((char) ('a' + dice.nextInt(3)));
        }
        return word.toString();
    }
}
