package org.ekicho.mirror.closure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.ekicho.mirror.closure.Requirement.All;
import org.ekicho.mirror.closure.Requirement.Any;
import org.ekicho.mirror.closure.Requirement.Except;
import org.ekicho.mirror.closure.Requirement.Plain;
import org.ekicho.mirror.closure.Requirement.Same;
import org.ekicho.mirror.closure.Requirement.When;
import org.ekicho.mirror.rpm.Dependency;
import org.ekicho.mirror.rpm.Dependency.Range;
import org.ekicho.mirror.rpm.Dependency.Sense;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RichParserTest {
    @Test
    void parses_what_packagers_write() {
        assertThat(parse("(a or b)")).isEqualTo(new Any(List.of(plain("a"), plain("b"))));
        assertThat(parse("(a and (b or c) and d)"))
                .isEqualTo(new All(List.of(plain("a"), new Any(List.of(plain("b"), plain("c"))), plain("d"))));
        assertThat(parse("(a if b else c)")).isEqualTo(new When(plain("a"), plain("b"), Optional.of(plain("c"))));
        assertThat(parse("(a if b)")).isEqualTo(new When(plain("a"), plain("b"), Optional.empty()));
        assertThat(parse("(a >= 1:2-3 with a < 4)"))
                .isEqualTo(new Same(
                        plain("a", new Range(Sense.GE, "1", "2", "3")), plain("a", new Range(Sense.LT, "", "4", ""))));
        assertThat(parse("(a without b)")).isEqualTo(new Except(plain("a"), plain("b")));
        assertThat(parse("(libc.so.6(GLIBC_2.4)(64bit) or config(a) = 1-2-3)"))
                .isEqualTo(new Any(List.of(
                        plain("libc.so.6(GLIBC_2.4)(64bit)"),
                        plain("config(a)", new Range(Sense.EQ, "", "1-2", "3")))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(",
                "()",
                "(a",
                "(a or)",
                "(a or b",
                "(a or b) c",
                "(a or b and c)",
                "(a >= )",
                "(a xor b)",
                "(a if b else)"
            })
    void takes_what_breaks_the_grammar_as_a_name(String text) {
        assertThat(parse(text)).isEqualTo(plain(text));
    }

    @Test
    void nesting_has_an_end() {
        String deep = "(".repeat(100_000) + "a" + ")".repeat(100_000);
        assertThat(parse(deep)).isEqualTo(plain(deep));
    }

    private static Requirement parse(String text) {
        return RichParser.parse(new Dependency(text, Optional.empty(), false));
    }

    private static Plain plain(String name) {
        return new Plain(new Dependency(name, Optional.empty(), false));
    }

    private static Plain plain(String name, Range range) {
        return new Plain(new Dependency(name, Optional.of(range), false));
    }
}
