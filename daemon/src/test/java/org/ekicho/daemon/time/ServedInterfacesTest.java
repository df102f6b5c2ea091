package org.ekicho.daemon.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.ekicho.ntp.boundary.LocalInterface;
import org.ekicho.ntp.server.InterfaceFilter;
import org.ekicho.ntp.settings.InterfaceRule;
import org.ekicho.wire.Datagram;
import org.ekicho.wire.IpAddress;
import org.ekicho.wire.IpPrefix;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServedInterfacesTest {
    private final ServedInterfaces served = ServedInterfaces.of(
            List.of(
                    local(2, "eth0", "192.168.1.5/24", "192.168.1.255"),
                    local(3, "eth1", "10.0.0.5/8", "10.255.255.255")),
            new InterfaceFilter(
                    List.of(new InterfaceRule(InterfaceRule.Action.LISTEN, Optional.of("eth0"), Optional.empty()))));

    /// Rows: destination, interface that it came in by, whether it is for us.
    @ParameterizedTest
    @CsvSource({
        "192.168.1.5, 2, true",
        "192.168.1.5, 3, true",
        "10.0.0.5, 3, false",
        "10.0.0.5, 1, false",
        "224.0.1.1, 2, true",
        "224.0.1.1, 3, false",
        "255.255.255.255, 3, false",
        "192.168.1.255, 2, true",
        "10.255.255.255, 3, false",
        "ff02::101, 3, false",
        "::, 0, true",
    })
    void the_address_asked_decides_and_for_groups_the_interface(String destination, int index, boolean expected) {
        Datagram datagram = new Datagram().local(IpAddress.literal(destination), index);
        assertThat(served.serves(datagram)).isEqualTo(expected);
        assertThat(ServedInterfaces.ALL.serves(datagram)).isTrue();
    }

    private static LocalInterface local(int index, String name, String address, String broadcast) {
        LocalInterface.Address own = new LocalInterface.Address(
                IpAddress.literal(address.substring(0, address.indexOf('/'))),
                IpPrefix.parse(address).orElseThrow(),
                Optional.of(IpAddress.literal(broadcast)));
        return new LocalInterface(index, name, true, true, false, List.of(own));
    }
}
