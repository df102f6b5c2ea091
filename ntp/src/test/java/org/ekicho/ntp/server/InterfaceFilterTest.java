package org.ekicho.ntp.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.ekicho.ntp.boundary.LocalInterface;
import org.ekicho.ntp.settings.InterfaceRule;
import org.ekicho.wire.IpAddress;
import org.ekicho.wire.IpPrefix;
import org.junit.jupiter.api.Test;

class InterfaceFilterTest {
    private static final LocalInterface LO = local(1, "lo", "127.0.0.1/8", "::1/128");
    private static final LocalInterface ETH0 = local(2, "eth0", "192.168.1.5/24", "fe80::5/64");
    private static final LocalInterface ETH1 = local(3, "eth1", "10.0.0.5/8");

    @Test
    void without_rules_all_addresses_are_served() {
        assertThat(served()).containsExactly("127.0.0.1", "::1", "192.168.1.5", "fe80::5", "10.0.0.5");
    }

    @Test
    void one_listen_line_leaves_out_all_others_but_loopback() {
        assertThat(served(named(InterfaceRule.Action.LISTEN, "eth0")))
                .containsExactly("127.0.0.1", "::1", "192.168.1.5", "fe80::5");
    }

    @Test
    void the_last_line_that_matches_decides() {
        InterfaceRule listen = named(InterfaceRule.Action.LISTEN, "eth1");
        InterfaceRule ignore = named(InterfaceRule.Action.IGNORE, "all");
        assertThat(served(ignore, listen)).containsExactly("127.0.0.1", "::1", "10.0.0.5");
        assertThat(served(listen, ignore)).containsExactly("127.0.0.1", "::1");
    }

    @Test
    void an_interface_that_takes_no_part_is_left_out_whole_and_others_keep_the_addresses_that_do() {
        InterfaceFilter filter = new InterfaceFilter(
                List.of(named(InterfaceRule.Action.LISTEN, "eth0"), named(InterfaceRule.Action.IGNORE, "ipv6")));
        assertThat(filter.served(List.of(ETH0, ETH1))).containsExactly(local(2, "eth0", "192.168.1.5/24"));
    }

    @Test
    void addresses_nets_and_families_can_be_named() {
        InterfaceRule all = named(InterfaceRule.Action.LISTEN, "all");
        assertThat(served(all, named(InterfaceRule.Action.DROP, "ipv6")))
                .containsExactly("127.0.0.1", "192.168.1.5", "10.0.0.5");
        assertThat(served(all, prefix(InterfaceRule.Action.IGNORE, "10.0.0.0/8")))
                .containsExactly("127.0.0.1", "::1", "192.168.1.5", "fe80::5");
        assertThat(served(prefix(InterfaceRule.Action.IGNORE, "127.0.0.1"))).containsExactly("::1");
    }

    @Test
    void an_interface_takes_part_when_one_of_its_addresses_does() {
        InterfaceFilter filter = new InterfaceFilter(List.of(prefix(InterfaceRule.Action.LISTEN, "192.168.1.5")));
        assertThat(filter.serves(ETH0)).isTrue();
        assertThat(filter.serves(ETH1)).isFalse();
    }

    private static List<String> served(InterfaceRule... rules) {
        InterfaceFilter filter = new InterfaceFilter(List.of(rules));
        return List.of(LO, ETH0, ETH1).stream()
                .flatMap(on -> on.addresses().stream()
                        .map(LocalInterface.Address::address)
                        .filter(address -> filter.serves(on, address)))
                .map(IpAddress::toString)
                .toList();
    }

    private static InterfaceRule named(InterfaceRule.Action action, String name) {
        return new InterfaceRule(action, Optional.of(name), Optional.empty());
    }

    private static InterfaceRule prefix(InterfaceRule.Action action, String prefix) {
        return new InterfaceRule(action, Optional.empty(), IpPrefix.parse(prefix));
    }

    private static LocalInterface local(int index, String name, String... addresses) {
        List<LocalInterface.Address> own = List.of(addresses).stream()
                .map(text -> new LocalInterface.Address(
                        IpAddress.literal(text.substring(0, text.indexOf('/'))),
                        IpPrefix.parse(text).orElseThrow(),
                        Optional.empty()))
                .toList();
        return new LocalInterface(index, name, true, true, name.equals("lo"), own);
    }
}
