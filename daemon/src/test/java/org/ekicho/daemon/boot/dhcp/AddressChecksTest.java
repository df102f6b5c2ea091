package org.ekicho.daemon.boot.dhcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.ekicho.daemon.boot.dhcp.AddressChecks.Verdict;
import org.ekicho.host.net.ArpPacket;
import org.ekicho.netboot.dhcp.DhcpAction;
import org.ekicho.wire.IpAddress;
import org.ekicho.wire.MacAddress;
import org.junit.jupiter.api.Test;

final class AddressChecksTest {
    private static final IpAddress ADDRESS = IpAddress.literal("10.77.0.100");
    private static final MacAddress ASKER = MacAddress.literal("52:54:00:77:00:01");
    private static final MacAddress OTHER = MacAddress.literal("52:54:00:77:00:02");
    private static final long MILLI = 1_000_000L;

    private final AddressChecks checks = new AddressChecks();
    private final List<IpAddress> asked = new ArrayList<>();

    @Test
    void two_questions_without_answer_mean_free() throws IOException {
        begin();
        assertThat(checks.advance(100 * MILLI)).isEmpty();
        assertThat(checks.advance(250 * MILLI)).isEmpty();
        assertThat(checks.advance(300 * MILLI)).isEmpty();
        assertThat(asked).containsExactly(ADDRESS, ADDRESS);
        assertThat(checks.advance(400 * MILLI)).containsExactly(new Verdict(ADDRESS, false));
        assertThat(checks.isEmpty()).isTrue();
    }

    @Test
    void an_answer_of_somebody_else_means_used() throws IOException {
        begin();
        ArpPacket answer = new ArpPacket(false, OTHER, ADDRESS, IpAddress.ANY_V4);
        assertThat(checks.heard(answer)).containsExactly(new Verdict(ADDRESS, true));
        assertThat(checks.advance(500 * MILLI)).isEmpty();
    }

    @Test
    void another_machine_that_probes_for_it_means_used() throws IOException {
        begin();
        assertThat(checks.heard(new ArpPacket(true, OTHER, IpAddress.ANY_V4, ADDRESS)))
                .containsExactly(new Verdict(ADDRESS, true));
    }

    @Test
    void the_machine_itself_and_who_only_looks_for_it_are_no_conflict() throws IOException {
        begin();
        assertThat(checks.heard(new ArpPacket(false, ASKER, ADDRESS, IpAddress.ANY_V4)))
                .isEmpty();
        assertThat(checks.heard(new ArpPacket(true, OTHER, IpAddress.literal("10.77.0.9"), ADDRESS)))
                .isEmpty();
    }

    private void begin() throws IOException {
        checks.begin(new DhcpAction.Probe(ADDRESS, ASKER), asked::add, 0);
    }
}
