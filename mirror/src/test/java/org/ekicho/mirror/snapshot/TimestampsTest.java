package org.ekicho.mirror.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TimestampsTest {
    @Test
    void all_are_moved_by_the_same_time_and_nothing_else_changes() {
        String old = "<data><timestamp>100</timestamp><size>100</size></data><data><timestamp>250.5</timestamp></data>";
        assertThat(Timestamps.newest(old)).isEqualTo(250);
        assertThat(Timestamps.move(old, 1250))
                .isEqualTo("<data><timestamp>1100</timestamp><size>100</size></data>"
                        + "<data><timestamp>1250</timestamp></data>");
        assertThat(Timestamps.newest("<repomd/>")).isZero();
        assertThat(Timestamps.move("<repomd/>", 7)).isEqualTo("<repomd/>");
    }
}
