package org.ekicho.daemon.boot.tftp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class QuickWaitTest {
    @Test
    void looks_while_that_helps_and_stops_where_it_does_not() {
        List<Integer> waits = new ArrayList<>();
        QuickWait wait = new QuickWait(millis -> {
            waits.add(millis);
            return millis == 0 ? 0 : 7;
        });
        for (int i = 0; i < 32; i++) assertThat(wait.await(50)).isEqualTo(7);
        assertThat(waits).contains(0);
        waits.clear();
        for (int i = 0; i < 256; i++) wait.await(50);
        assertThat(waits).hasSize(256).containsOnly(50);
        wait.await(50);
        assertThat(waits).as("it is tried again").contains(0);
    }

    @Test
    void what_is_there_at_once_is_taken_without_a_wait() {
        QuickWait wait = new QuickWait(millis -> millis == 0 ? 3 : 0);
        for (int i = 0; i < 1000; i++) assertThat(wait.await(50)).isEqualTo(3);
    }
}
