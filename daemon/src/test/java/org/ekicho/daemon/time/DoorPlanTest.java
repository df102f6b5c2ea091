package org.ekicho.daemon.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.ekicho.daemon.demo.DemoSettings;
import org.ekicho.ntp.boundary.LocalInterface;
import org.ekicho.ntp.settings.TimeSettings;
import org.ekicho.wire.IpAddress;
import org.ekicho.wire.IpPrefix;
import org.junit.jupiter.api.Test;

class DoorPlanTest {
    private static final IpAddress GROUP = IpAddress.literal("239.192.55.1");
    private static final LocalInterface LO = on(1, "lo", "127.0.0.1", true);
    private static final LocalInterface ETH = on(2, "eth0", "192.168.55.1", false);

    private static LocalInterface on(int index, String name, String address, boolean loopback) {
        IpAddress own = IpAddress.literal(address);
        return new LocalInterface(
                index,
                name,
                true,
                !loopback,
                loopback,
                List.of(new LocalInterface.Address(own, IpPrefix.of(own, 24), Optional.empty())));
    }

    private final DemoSettings demo = new DemoSettings(1123, GROUP);

    private static DoorSpec unicast(IpAddress address, int port) {
        return new DoorSpec(address, port, DoorSpec.Purpose.UNICAST);
    }

    @Test
    void usually_two_sockets_do_everything() {
        DoorPlan plan = DoorPlan.of(TimeSettings.minimal(), List.of(LO, ETH), own -> true);
        assertThat(plan.joins())
                .containsOnlyKeys(unicast(IpAddress.ANY_V4, 123), unicast(IpAddress.ANY_V6, 123))
                .allSatisfy((spec, joins) -> assertThat(joins).isEmpty());
    }

    @Test
    void without_the_wildcard_each_served_address_and_each_group_has_its_own() {
        TimeSettings settings = demo.multicast(IpAddress.literal("127.0.0.1"), GROUP, DemoSettings.sharedKey());
        DoorPlan plan = DoorPlan.of(settings, List.of(LO, ETH), own -> own.on().loopback());
        DoorSpec group = new DoorSpec(GROUP, 1123, DoorSpec.Purpose.LISTENING);
        assertThat(plan.joins())
                .containsOnlyKeys(unicast(IpAddress.literal("127.0.0.1"), 1123), group)
                .containsEntry(group, Set.of(new DoorPlan.Join(GROUP, 1, "lo")));
    }

    @Test
    void an_interface_that_is_down_is_left_alone() {
        TimeSettings settings = demo.server(IpAddress.literal("127.0.0.1"));
        LocalInterface down = new LocalInterface(1, "lo", false, true, true, LO.addresses());
        assertThat(DoorPlan.of(settings, List.of(down), own -> true).joins()).isEmpty();
    }

    @Test
    void an_address_that_only_its_interface_makes_whole_has_no_socket_of_its_own() {
        TimeSettings settings = demo.server(IpAddress.literal("127.0.0.1"));
        LocalInterface link = on(2, "eth0", "fe80::1", false);
        assertThat(DoorPlan.of(settings, List.of(link, LO), own -> true).joins())
                .containsOnlyKeys(unicast(IpAddress.literal("127.0.0.1"), 1123));
    }
}
