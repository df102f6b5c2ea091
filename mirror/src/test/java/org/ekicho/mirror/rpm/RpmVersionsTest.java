package org.ekicho.mirror.rpm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class RpmVersionsTest {
    @Test
    void compares_every_pair_as_rpm_does() throws IOException {
        List<String> wrong = new ArrayList<>();
        List<String> pairs = pairs();
        for (String pair : pairs) {
            String[] words = pair.split(" ", -1);
            int order = RpmVersions.compare(words[0], words[1]);
            if (Integer.signum(order) != Integer.parseInt(words[2])) wrong.add(pair + " but ours is " + order);
        }
        assertThat(pairs).hasSizeGreaterThan(4000);
        assertThat(wrong).isEmpty();
    }

    @Test
    void an_epoch_beats_any_version_and_none_is_zero() {
        assertThat(RpmVersions.ORDER.compare(new Evr("1", "0.1", "1"), new Evr("0", "99", "1")))
                .isPositive();
        assertThat(RpmVersions.ORDER.compare(new Evr("", "1", "1"), new Evr("0", "1", "1")))
                .isZero();
        assertThat(RpmVersions.ORDER.compare(new Evr("10", "1", "1"), new Evr("9", "1", "1")))
                .isPositive();
    }

    @Test
    void releases_decide_between_equal_versions() {
        assertThat(RpmVersions.ORDER.compare(new Evr("0", "1.0", "9"), new Evr("0", "1.00", "10")))
                .isNegative();
    }

    private static List<String> pairs() throws IOException {
        try (InputStream in =
                Objects.requireNonNull(RpmVersionsTest.class.getResourceAsStream("/golden/rpm/vercmp.txt"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .toList();
        }
    }
}
