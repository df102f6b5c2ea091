package org.ekicho.host.net;

import static org.assertj.core.api.Assertions.assertThat;

import org.ekicho.wire.IpAddress;
import org.ekicho.wire.MacAddress;
import org.junit.jupiter.api.Test;

final class NeighboursTest {
    private static final String TABLE = """
            IP address       HW type     Flags       HW address            Mask     Device
            10.77.0.20       0x1         0x2         52:54:00:77:00:01     *        br0
            10.77.0.21       0x1         0x0         00:00:00:00:00:00     *        br0
            10.77.0.2        0x1
            """;

    @Test
    void a_complete_entry_is_found_and_no_other() {
        assertThat(Neighbours.find(TABLE, IpAddress.literal("10.77.0.20")))
                .contains(MacAddress.literal("52:54:00:77:00:01"));
        assertThat(Neighbours.find(TABLE, IpAddress.literal("10.77.0.21"))).isEmpty();
        assertThat(Neighbours.find(TABLE, IpAddress.literal("10.77.0.2"))).isEmpty();
        assertThat(Neighbours.find("", IpAddress.literal("10.77.0.2"))).isEmpty();
    }

    @Test
    void the_kernels_own_table_is_read() throws Exception {
        assertThat(Neighbours.find(IpAddress.literal("240.0.0.1"))).isEmpty();
    }
}
