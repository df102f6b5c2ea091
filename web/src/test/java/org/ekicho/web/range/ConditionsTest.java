package org.ekicho.web.range;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ekicho.web.range.Conditions.Verdict.FAILED;
import static org.ekicho.web.range.Conditions.Verdict.NOT_MODIFIED;
import static org.ekicho.web.range.Conditions.Verdict.SEND;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ConditionsTest {
    private static final String DATE = "Fri, 27 Nov 2026 10:15:00 GMT";
    private static final String EARLIER = "Fri, 27 Nov 2026 10:14:59 GMT";
    private static final String LATER = "Fri, 27 Nov 2026 10:15:01 GMT";

    private static Conditions.Verdict judge(
            @Nullable String match, @Nullable String noneMatch, @Nullable String since, @Nullable String notSince) {
        return Conditions.judge(new Conditions.Asked(match, noneMatch, since, notSince), "\"a\"", DATE);
    }

    @Test
    void only_the_very_date_has_not_been_modified() {
        assertThat(Conditions.date(1_795_774_500L)).isEqualTo(DATE);
        assertThat(judge(null, null, DATE, null)).isEqualTo(NOT_MODIFIED);
        assertThat(judge(null, null, EARLIER, null)).isEqualTo(SEND);
        assertThat(judge(null, null, LATER, null)).as("after a rollback").isEqualTo(SEND);
        assertThat(judge(null, null, "yesterday", null)).isEqualTo(SEND);
    }

    @Test
    void a_tag_counts_more_than_a_date() {
        assertThat(judge(null, "\"a\"", null, null)).isEqualTo(NOT_MODIFIED);
        assertThat(judge(null, "\"x\", W/\"a\"", null, null)).isEqualTo(NOT_MODIFIED);
        assertThat(judge(null, "*", null, null)).isEqualTo(NOT_MODIFIED);
        assertThat(judge(null, "\"b\"", DATE, null)).isEqualTo(SEND);
    }

    @Test
    void a_precondition_fails_for_another_file() {
        assertThat(judge("\"a\"", null, null, null)).isEqualTo(SEND);
        assertThat(judge("W/\"a\"", null, null, null)).isEqualTo(FAILED);
        assertThat(judge("\"b\"", null, null, null)).isEqualTo(FAILED);
        assertThat(judge(null, null, null, EARLIER)).isEqualTo(FAILED);
        assertThat(judge(null, null, null, LATER)).isEqualTo(SEND);
    }

    @Test
    void a_range_is_sent_of_the_same_file_only() {
        assertThat(Conditions.mayBePart(null, "\"a\"", DATE)).isTrue();
        assertThat(Conditions.mayBePart("\"a\"", "\"a\"", DATE)).isTrue();
        assertThat(Conditions.mayBePart("W/\"a\"", "\"a\"", DATE)).isFalse();
        assertThat(Conditions.mayBePart(DATE, "\"a\"", DATE)).isTrue();
        assertThat(Conditions.mayBePart(LATER, "\"a\"", DATE)).isFalse();
        assertThat(Conditions.mayBePart("", "\"a\"", "")).isFalse();
    }
}
