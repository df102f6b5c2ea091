package org.ekicho.mirror.rpm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.ekicho.mirror.rpm.Dependency.Sense;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DependencyMatchTest {
    @ParameterizedTest
    @CsvSource({
        "EQ 2.36-9,    GT 2.36,     false",
        "EQ 2.36-9,    GE 2.36,     true",
        "EQ 2.36-9,    EQ 2.36,     true",
        "EQ 2.36-9,    LT 2.36,     false",
        "EQ 2.36,      GT 2.36-9,   true",
        "EQ 2.36,      EQ 2.36-9,   true",
        "EQ 2.36-9,    EQ 2.36-10,  false",
        "EQ 2.36-9,    LT 2.36-10,  true",
        "EQ 1:1,       GT 2,        true",
        "EQ 2,         LT 1:1,      true",
        "EQ 2,         EQ 0:2,      true",
        "LT 2,         GT 3,        false",
        "LT 3,         GT 2,        true",
        "LT 2,         LT 1,        true",
        "GT 2,         GT 3,        true",
        "LE 2,         GE 2,        true",
        "LT 2,         GE 2,        false",
        "LT 2,         LE 2,        true",
        "GE 2,         LT 2,        false",
        "EQ 1.0~rc1,   LT 1.0,      true",
        "EQ 1.0^git1,  GT 1.0,      true",
    })
    void ranges_overlap_as_rpm_says(String provide, String require, boolean overlap) {
        assertThat(DependencyMatch.meets(dependency(provide), dependency(require)))
                .isEqualTo(overlap);
        assertThat(DependencyMatch.meets(dependency(require), dependency(provide)))
                .as("the other way round")
                .isEqualTo(overlap);
    }

    @Test
    void without_a_range_the_name_is_enough() {
        Dependency any = new Dependency("a", Optional.empty(), false);
        assertThat(DependencyMatch.meets(any, dependency("GT 5"))).isTrue();
        assertThat(DependencyMatch.meets(dependency("EQ 5"), any)).isTrue();
        assertThat(DependencyMatch.meets(new Dependency("b", Optional.empty(), false), any))
                .isFalse();
    }

    @Test
    void a_package_meets_requirements_of_its_name() {
        Evr evr = new Evr("1", "2.0", "3");
        assertThat(DependencyMatch.meets("a", evr, dependency("GE 1:2.0"))).isTrue();
        assertThat(DependencyMatch.meets("a", evr, dependency("GE 1:2.1"))).isFalse();
        assertThat(DependencyMatch.meets("b", evr, dependency("GE 1:2.0"))).isFalse();
    }

    /// `GE 1:2-3` of the name a.
    private static Dependency dependency(String words) {
        String[] parts = words.split(" ", 2);
        return new Dependency("a", RpmDependencies.range(Sense.valueOf(parts[0]), parts[1]), false);
    }
}
