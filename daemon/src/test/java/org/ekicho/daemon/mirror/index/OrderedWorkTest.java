package org.ekicho.daemon.mirror.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OrderedWorkTest {
    private static final List<Integer> ITEMS =
            IntStream.range(0, 10_000).boxed().toList();

    @Test
    void results_come_in_order_and_no_more_than_the_window_waits() throws IOException {
        AtomicInteger made = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        List<Integer> got = new ArrayList<>();
        OrderedWork.<Integer, Integer>run(
                ITEMS,
                4,
                () -> item -> {
                    made.incrementAndGet();
                    return item * 2;
                },
                result -> {
                    most.accumulateAndGet(made.get() - got.size(), Math::max);
                    got.add(result);
                });
        assertThat(got).isEqualTo(ITEMS.stream().map(i -> i * 2).toList());
        assertThat(most.get()).isLessThanOrEqualTo(4 * OrderedWork.WINDOW_PER_WORKER);
    }

    @Test
    void a_failure_of_a_worker_ends_the_run() {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> OrderedWork.<Integer, Integer>run(
                        ITEMS,
                        3,
                        () -> item -> {
                            if (item == 500) {
                                throw new IOException("the disk is gone");
                            }
                            return item;
                        },
                        result -> {}))
                .withMessage("the disk is gone");
    }

    @Test
    void a_failure_of_the_sink_ends_the_run() {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> OrderedWork.<Integer, Integer>run(ITEMS, 3, () -> item -> item, result -> {
                    if (result == 500) {
                        throw new IOException("the disk is full");
                    }
                }))
                .withMessage("the disk is full");
    }
}
