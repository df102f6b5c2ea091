package org.ekicho.site.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ekicho.site.view.SampleViews.NOW;
import static org.ekicho.site.view.SampleViews.SECOND;

import java.util.List;
import org.ekicho.ntp.NtpReason;
import org.ekicho.ntp.access.ClientEntry;
import org.ekicho.wire.Endpoint;
import org.ekicho.wire.IpAddress;
import org.junit.jupiter.api.Test;

class ClientsTextTest {
    @Test
    void lists_who_asked_and_explains_every_refusal_once() {
        List<ClientEntry> clients = List.of(
                client("192.168.55.10", 3, 240, 240, 10, NtpReason.OK),
                client("192.168.55.11", 9, 12, 0, 11, NtpReason.BAD_MAC),
                client("2001:db8:1234:5678:9abc:def0:1234:5678", 5000, 1, 0, 0, NtpReason.MISSING_MAC),
                client("192.168.55.12", 70, 2, 0, 11, NtpReason.BAD_MAC));
        assertThat(ClientsText.format(clients, NOW)).isEqualTo("""
                client           when every  packets answered   key v  last packet
                ==============================================================================
                192.168.55.10       3    16      240      240    10 4  answered
                192.168.55.11       9   355       12        0    11 4  bad-mac
                2001:db8:1234:5678:9abc:def0:1234:5678
                                  83m     -        1        0     - 4  missing-mac
                192.168.55.12      70   64m        2        0    11 4  bad-mac

                missing-mac: no MAC, but one was required
                bad-mac: the MAC does not match: the secret for this key id differs between the
                two machines
                """);
    }

    @Test
    void says_so_when_nobody_asked() {
        assertThat(ClientsText.format(List.of(), NOW)).isEqualTo("Nobody has sent a packet yet.\n");
    }

    private static ClientEntry client(String address, long ago, long count, long answered, int key, NtpReason result) {
        return new ClientEntry(
                new Endpoint(IpAddress.literal(address), 123),
                NOW - (count == 1 ? ago : 3911) * SECOND,
                NOW - ago * SECOND,
                count,
                answered,
                3,
                4,
                0,
                key,
                result);
    }
}
