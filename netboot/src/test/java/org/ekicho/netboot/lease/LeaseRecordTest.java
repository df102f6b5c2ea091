package org.ekicho.netboot.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ekicho.netboot.lease.PretendClient.at;

import org.ekicho.wire.IpAddress;
import org.ekicho.wire.MacAddress;
import org.junit.jupiter.api.Test;

final class LeaseRecordTest {
    private static final MacAddress MAC = MacAddress.literal("52:54:00:77:00:01");
    private static final long ENDS = 3_600_900_000_000L;
    private static final Lease LEASE =
            new Lease(IpAddress.literal("10.77.0.100"), ClientKey.of(MAC), MAC, Lease.State.BOUND, ENDS, "node1");

    @Test
    void a_restart_frees_no_address_before_its_machine_knows() {
        for (double written : new double[] {0.9, 5.2, 3600.0}) {
            LeaseRecord record = LeaseRecord.of(LEASE, at(written));
            for (double restart : new double[] {6.0, 3600.0, 3600.85}) {
                assertThat(record.toLease(at(restart), 86_400).endsNanos()).isBetween(ENDS, ENDS + 1_000_000_000L);
            }
        }
    }
}
