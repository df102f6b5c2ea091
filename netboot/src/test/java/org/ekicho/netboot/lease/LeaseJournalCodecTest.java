package org.ekicho.netboot.lease;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.ekicho.wire.IpAddress;
import org.ekicho.wire.MacAddress;
import org.junit.jupiter.api.Test;

final class LeaseJournalCodecTest {
    private static final LeaseRecord ONE = record("10.77.0.100", Lease.State.BOUND, 1_795_000_000L, "node1");
    private static final LeaseRecord TWO = record("10.77.0.101", Lease.State.DECLINED, 1_795_000_500L, "");

    @Test
    void what_is_written_is_read() {
        LeaseJournalCodec.Journal journal = LeaseJournalCodec.decode(LeaseJournalCodec.encode(List.of(ONE, TWO)));
        assertThat(journal.records()).containsExactly(ONE, TWO);
        assertThat(journal.damaged()).isZero();
        assertThat(journal.torn()).isFalse();
    }

    @Test
    void a_line_is_what_the_documentation_shows() {
        assertThat(LeaseJournalCodec.format(ONE))
                .isEqualTo("bound 10.77.0.100 1795000000 52:54:00:77:00:01 mac:52:54:00:77:00:01 node1 291ea3ab");
    }

    @Test
    void the_last_line_of_an_address_counts() {
        LeaseRecord released = record("10.77.0.100", Lease.State.RELEASED, 1_795_000_900L, "node1");
        LeaseJournalCodec.Journal journal =
                LeaseJournalCodec.decode(LeaseJournalCodec.encode(List.of(ONE, TWO, released)));
        assertThat(journal.records()).containsExactly(TWO, released);
        assertThat(journal.lines()).isEqualTo(3);
    }

    @Test
    void a_torn_last_line_costs_nothing_but_itself_wherever_it_is_torn() {
        byte[] whole = LeaseJournalCodec.encode(List.of(ONE, TWO));
        int first = LeaseJournalCodec.encode(List.of(ONE)).length;
        for (int length = first + 1; length < whole.length - 1; length++) {
            LeaseJournalCodec.Journal journal = LeaseJournalCodec.decode(Arrays.copyOf(whole, length));
            assertThat(journal.records()).containsExactly(ONE);
            assertThat(journal.torn()).isTrue();
            assertThat(journal.damaged()).isEqualTo(1);
        }
    }

    @Test
    void a_damaged_byte_in_the_middle_costs_one_line() {
        byte[] whole = LeaseJournalCodec.encode(List.of(ONE, TWO));
        for (int at = 0; at < LeaseJournalCodec.encode(List.of(ONE)).length - 1; at++) {
            byte[] damaged = whole.clone();
            damaged[at] ^= 1;
            assertThat(LeaseJournalCodec.decode(damaged).records())
                    .contains(TWO)
                    .doesNotContain(ONE);
        }
    }

    @Test
    void a_name_from_the_net_cannot_write_a_line_of_its_own() {
        assertThat(LeaseJournalCodec.name("evil\nbound 10.0.0.1 -")).isEqualTo("evilbound10.0.0.1-");
        assertThat(LeaseJournalCodec.name("x".repeat(1000))).hasSize(255);
    }

    @Test
    void other_bytes_are_no_records() {
        byte[] noise = "hello\n\n\u0000\u0001 a b c d e f\n".getBytes(StandardCharsets.ISO_8859_1);
        LeaseJournalCodec.Journal journal = LeaseJournalCodec.decode(noise);
        assertThat(journal.records()).isEmpty();
        assertThat(journal.damaged()).isEqualTo(2);
    }

    private static LeaseRecord record(String address, Lease.State state, long endsAt, String name) {
        MacAddress mac = MacAddress.literal("52:54:00:77:00:01");
        return new LeaseRecord(IpAddress.literal(address), ClientKey.of(mac), mac, state, endsAt, name);
    }
}
