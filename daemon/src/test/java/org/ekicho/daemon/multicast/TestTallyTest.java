package org.ekicho.daemon.multicast;

import static org.assertj.core.api.Assertions.assertThat;

import org.ekicho.daemon.multicast.TestTally.Arrival;
import org.ekicho.daemon.multicast.TestTally.Count;
import org.ekicho.wire.IpAddress;
import org.junit.jupiter.api.Test;

class TestTallyTest {
    private static final IpAddress FROM = IpAddress.literal("192.168.55.1");

    private final TestTally tally = new TestTally();

    private Arrival add(int number) {
        return tally.add(new TestDatagram(7, number, "eth0"), FROM, 2);
    }

    private Count count() {
        return tally.lines().getFirst().count();
    }

    @Test
    void counts_what_is_missing_between_first_and_last() {
        assertThat(add(10)).isEqualTo(Arrival.NEXT);
        assertThat(add(11)).isEqualTo(Arrival.NEXT);
        assertThat(add(14)).isEqualTo(Arrival.AFTER_A_GAP);
        assertThat(count()).isEqualTo(new Count(3, 2, 0, 0));
    }

    @Test
    void a_late_one_is_no_longer_lost_and_its_double_is_a_duplicate() {
        add(1);
        add(3);
        assertThat(add(2)).isEqualTo(Arrival.LATE);
        assertThat(add(2)).isEqualTo(Arrival.DUPLICATE);
        assertThat(add(3)).isEqualTo(Arrival.DUPLICATE);
        assertThat(count()).isEqualTo(new Count(3, 0, 2, 1));
    }

    @Test
    void one_that_is_older_than_the_first_heard_widens_the_span() {
        add(5);
        assertThat(add(3)).isEqualTo(Arrival.LATE);
        assertThat(count()).isEqualTo(new Count(2, 1, 0, 1));
    }

    @Test
    void a_jump_beyond_the_window_forgets_the_window() {
        add(0);
        assertThat(add(1_000_000)).isEqualTo(Arrival.AFTER_A_GAP);
        assertThat(add(999_999)).isEqualTo(Arrival.LATE);
        assertThat(add(0)).isEqualTo(Arrival.DUPLICATE);
        assertThat(count().lost()).isEqualTo(1_000_001 - 3);
    }

    @Test
    void tells_senders_interfaces_and_runs_apart() {
        tally.add(new TestDatagram(7, 0, "eth0"), FROM, 2);
        tally.add(new TestDatagram(7, 0, "eth0"), FROM, 3);
        tally.add(new TestDatagram(8, 0, "eth0"), FROM, 2);
        tally.add(new TestDatagram(7, 0, "eth0.20"), FROM, 2);
        assertThat(tally.lines())
                .hasSize(4)
                .allSatisfy(line -> assertThat(line.count()).isEqualTo(new Count(1, 0, 0, 0)));
    }

    @Test
    void a_flood_of_senders_is_not_counted() {
        for (int i = 0; i < 300; i++) {
            tally.add(new TestDatagram(i, 0, "eth0"), FROM, 2);
        }
        assertThat(tally.lines()).hasSize(256);
        assertThat(tally.add(new TestDatagram(999, 0, "eth0"), FROM, 2)).isEqualTo(Arrival.NOT_COUNTED);
    }
}
