package org.ekicho.daemon.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.ekicho.ntp.boundary.LocalInterface;
import org.ekicho.wire.Datagram;
import org.ekicho.wire.IpAddress;
import org.ekicho.wire.IpPrefix;
import org.junit.jupiter.api.Test;

class WayBackTest {
    private static final LocalInterface LO = local(1, "lo", "127.0.0.1", "::1");
    private static final LocalInterface ETH0 = local(2, "eth0", "192.168.1.5", "fe80::5");
    private static final LocalInterface ETH1 = local(3, "eth1", "10.0.0.5");

    @Test
    void with_one_address_on_one_interface_the_kernel_cannot_choose_wrongly() {
        assertThat(isShortened(WayBack.of(List.of(LO, ETH0)), "192.168.1.5", "192.168.1.9"))
                .isTrue();
        assertThat(isShortened(WayBack.of(List.of(LO, ETH0)), "192.168.1.5", "127.0.0.1"))
                .isFalse();
        assertThat(isShortened(WayBack.of(List.of(LO, ETH0)), "fe80::5", "fe80::9"))
                .isFalse();
    }

    @Test
    void with_a_second_interface_or_address_every_answer_says_where_it_leaves() {
        assertThat(isShortened(WayBack.of(List.of(LO, ETH0, ETH1)), "192.168.1.5", "192.168.1.9"))
                .isFalse();
        LocalInterface two = local(2, "eth0", "192.168.1.5", "192.168.1.6");
        assertThat(isShortened(WayBack.of(List.of(LO, two)), "192.168.1.5", "192.168.1.9"))
                .isFalse();
        LocalInterface bare = local(4, "eth2");
        assertThat(isShortened(WayBack.of(List.of(LO, ETH0, bare)), "192.168.1.5", "192.168.1.9"))
                .isFalse();
    }

    @Test
    void the_loopback_address_answers_itself() {
        assertThat(isShortened(WayBack.SAID, "127.0.0.1", "127.0.0.1")).isTrue();
        assertThat(isShortened(WayBack.SAID, "127.0.0.5", "127.0.0.5")).isFalse();
        assertThat(isShortened(WayBack.SAID, "127.0.0.1", "192.168.1.5")).isFalse();
        assertThat(isShortened(WayBack.SAID, "::", "::")).isFalse();
    }

    private static boolean isShortened(WayBack way, String local, String peer) {
        Datagram reply = new Datagram().peer(IpAddress.literal(peer), 123).local(IpAddress.literal(local), 2);
        way.shorten(reply);
        return reply.interfaceIndex == 0;
    }

    private static LocalInterface local(int index, String name, String... addresses) {
        List<LocalInterface.Address> own = Stream.of(addresses)
                .map(text -> {
                    IpAddress address = IpAddress.literal(text);
                    return new LocalInterface.Address(address, IpPrefix.host(address), Optional.empty());
                })
                .toList();
        return new LocalInterface(index, name, true, true, name.equals("lo"), own);
    }
}
