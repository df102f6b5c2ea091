package org.ekicho.site.diagnostic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReportTest {
    @Test
    void prints_place_problem_expectation_example_and_suggestion_in_this_order() {
        assertThat(Diagnostic.error(new Position("ekicho.toml", 41, 9), "unknown key \"prot\"")
                        .expected("a key")
                        .example("port = 123")
                        .suggestion(Optional.of("port")))
                .hasToString("ekicho.toml:41:9: error: unknown key \"prot\"; expected a key; e.g. port = 123; did you "
                        + "mean \"port\"?");
        assertThat(Diagnostic.hint(Position.ofFile("a"), "b")).hasToString("a: hint: b");
        assertThat(Diagnostic.warning(new Position("a", 3, 0), "b")).hasToString("a:3: warning: b");
    }

    @Test
    void sorts_by_place_and_counts_by_severity() {
        Diagnostics problems = new Diagnostics();
        problems.add(Diagnostic.hint(new Position("b", 1, 1), "h"));
        problems.add(Diagnostic.error(new Position("a", 10, 1), "e2"));
        problems.add(Diagnostic.warning(new Position("a", 9, 2), "w"));
        problems.add(Diagnostic.error(new Position("a", 9, 2), "e1"));
        problems.add(Diagnostic.error(new Position("a", 9, 2), "e1"));
        assertThat(problems.report().print()).isEqualTo("""
                a:9:2: error: e1
                a:9:2: warning: w
                a:10:1: error: e2
                b:1:1: hint: h
                2 errors, 1 warning, 1 hint
                """);
        assertThat(problems.report().hasErrors()).isTrue();
        assertThat(Report.CLEAN.print()).isEqualTo("no problems found\n");
    }

    @Test
    void keeps_a_bounded_number_and_no_error_is_hidden_by_hints() {
        Diagnostics problems = new Diagnostics();
        for (int i = 1; i < 5000; i++) {
            problems.add(Diagnostic.hint(new Position("a", i, 1), "h"));
        }
        problems.add(Diagnostic.error(new Position("b", 1, 1), "e"));
        assertThat(problems.report().diagnostics()).hasSize(Diagnostics.LIMIT + 1);
        assertThat(problems.report().hasErrors()).isTrue();
    }
}
