package org.ekicho.ntp.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.ekicho.ntp.NtpReason;
import org.ekicho.wire.Endpoint;
import org.ekicho.wire.IpAddress;
import org.junit.jupiter.api.Test;

class ClientTableTest {
    @Test
    void keeps_the_newest_addresses_in_order_as_a_plain_map_does() {
        int capacity = 16;
        ClientTable table = new ClientTable(capacity, 77);
        Map<IpAddress, Long> model = new LinkedHashMap<>();
        Random random = new Random(5);
        for (int i = 0; i < 20_000; i++) {
            IpAddress address = random.nextBoolean()
                    ? IpAddress.ofV4(random.nextInt(24))
                    : new IpAddress(random.nextInt(3), random.nextInt(4));
            table.touch(address.high(), address.low(), i);
            Long count = model.remove(address);
            model.put(address, count == null ? 1 : count + 1);
            if (model.size() > capacity) {
                Iterator<IpAddress> eldest = model.keySet().iterator();
                eldest.next();
                eldest.remove();
            }
            if (i % 97 == 0 || i < 200) {
                assertThat(table.size()).isEqualTo(model.size());
                assertThat(table.clients(100))
                        .map(entry -> entry.client().address())
                        .isEqualTo(new ArrayList<>(model.keySet()).reversed());
                assertThat(table.clients(100))
                        .map(ClientEntry::count)
                        .isEqualTo(new ArrayList<>(model.values()).reversed());
            }
        }
    }

    @Test
    void tells_all_that_was_noted() {
        ClientTable table = new ClientTable(1);
        IpAddress address = IpAddress.literal("fd00::7");
        int row = table.touch(address.high(), address.low(), 1000);
        table.note(row, 123, 0x23, 1, -2, NtpReason.OK);
        table.answered(row);
        row = table.touch(address.high(), address.low(), 3000);
        table.note(row, 65_535, 0x1b, 1 << 16, 0, NtpReason.CONTROL_RATE_LIMITED);
        assertThat(table.clients(5))
                .isEqualTo(List.of(new ClientEntry(
                        new Endpoint(address, 65_535),
                        1000,
                        3000,
                        2,
                        1,
                        3,
                        3,
                        1 << 16,
                        -2,
                        NtpReason.CONTROL_RATE_LIMITED)));
    }

    @Test
    void gives_no_more_than_asked_for() {
        ClientTable table = new ClientTable(1);
        for (int i = 0; i < 10; i++) {
            table.touch(0, i, i);
        }
        assertThat(table.clients(3)).map(ClientEntry::lastNanos).containsExactly(9L, 8L, 7L);
        assertThat(table.clients(0)).isEmpty();
    }
}
