package org.ekicho.host.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.NetworkInterface;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.ekicho.host.net.NetInterface.Address;
import org.ekicho.host.net.NetInterface.Trait;
import org.ekicho.host.net.NetInterface.Vlan;
import org.ekicho.wire.IpAddress;
import org.ekicho.wire.IpPrefix;
import org.junit.jupiter.api.Test;

class InterfacesTest {
    static List<NetlinkMessage> golden(String name) throws IOException {
        try (InputStream in = InterfacesTest.class.getResourceAsStream("/golden/" + name)) {
            assertThat(in).isNotNull();
            byte[] bytes = in.readAllBytes();
            return NetlinkMessage.decode(bytes, bytes.length);
        }
    }

    /// A host with a veth pair of which one end is the port of a bridge that has a point-to-point address.
    private static NetInterface recorded(String name) throws IOException {
        return Interfaces.decode(golden("netlink-links.bin"), golden("netlink-addresses.bin")).stream()
                .filter(found -> found.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void reads_names_addresses_and_traits() throws IOException {
        NetInterface veth = recorded("veth0");
        assertThat(veth.kind()).isEqualTo("veth");
        assertThat(veth.mac()).contains("02:00:5e:00:53:01");
        assertThat(veth.mtu()).isEqualTo(1500);
        assertThat(veth.vlan()).isEmpty();
        assertThat(veth.is(Trait.MULTICAST)).isTrue();
        assertThat(veth.is(Trait.LOOPBACK)).isFalse();
        assertThat(veth.isReady()).isTrue();
        assertThat(veth.addresses())
                .contains(
                        new Address(
                                IpAddress.literal("192.168.55.1"),
                                IpPrefix.parse("192.168.55.0/24").orElseThrow(),
                                Optional.of(IpAddress.literal("192.168.55.255"))),
                        new Address(
                                IpAddress.literal("fd00:20::1"),
                                IpPrefix.parse("fd00:20::/64").orElseThrow(),
                                Optional.empty()));
    }

    @Test
    void reads_a_bridge_port_and_a_point_to_point_address() throws IOException {
        assertThat(recorded("veth1").master())
                .isEqualTo(OptionalInt.of(recorded("br0").index()));
        assertThat(recorded("br0").addresses())
                .extracting(Address::address)
                .containsExactly(IpAddress.literal("10.9.0.1"));
        assertThat(recorded("br0").isReady()).isFalse();
        assertThat(recorded("lo").is(Trait.LOOPBACK)).isTrue();
    }

    /// Attributes as `linux/if_link.h` lays them out: name, parent, and nested: kind and (nested) VLAN id.
    @Test
    void reads_a_vlan_with_its_parent() {
        byte[] body = HexFormat.of()
                .parseHex("00000100" + "07000000" + "43100100" + "00000000"
                        + "0b000300" + "657468302e320000"
                        + "08000500" + "02000000"
                        + "1c001280" + "09000100" + "766c616e00000000"
                        + "0c000280" + "06000100" + "14000000");
        byte[] message = NetlinkMessage.encode(NetlinkMessage.RTM_NEWLINK, 0, 1, body);
        NetInterface vlan = Interfaces.decode(NetlinkMessage.decode(message, message.length), List.of())
                .getFirst();
        assertThat(vlan.index()).isEqualTo(7);
        assertThat(vlan.vlan()).contains(new Vlan(20, 2));
        assertThat(vlan.kind()).isEqualTo("vlan");
    }

    @Test
    void agrees_with_the_jdk_about_this_host() throws IOException {
        List<String> names = NetworkInterface.networkInterfaces()
                .map(NetworkInterface::getName)
                .toList();
        List<NetInterface> interfaces = Interfaces.list();
        assertThat(interfaces).extracting(NetInterface::name).containsAll(names);
        for (NetInterface found : interfaces) {
            NetworkInterface jdk = NetworkInterface.getByName(found.name());
            if (jdk != null) {
                assertThat(found.index()).isEqualTo(jdk.getIndex());
                assertThat(found.mtu()).isEqualTo(jdk.getMTU());
                assertThat(found.is(Trait.LOOPBACK)).isEqualTo(jdk.isLoopback());
                assertThat(found.is(Trait.MULTICAST)).isEqualTo(jdk.supportsMulticast());
            }
        }
        NetInterface lo = interfaces.getFirst();
        assertThat(lo.index()).isEqualTo(1);
        assertThat(lo.addresses())
                .extracting(address -> address.address().toString())
                .contains("127.0.0.1");
    }

    @Test
    void knows_the_way_to_itself_and_none_to_nowhere() throws IOException {
        assertThat(Routes.toward(IpAddress.literal("127.0.0.9"))).hasValueSatisfying(route -> {
            assertThat(route.interfaceIndex()).isEqualTo(1);
            assertThat(route.gateway()).isEmpty();
            assertThat(route.source().isLoopback()).isTrue();
        });
        assertThat(Routes.toward(IpAddress.LOOPBACK_V6))
                .map(Route::interfaceIndex)
                .contains(1);
        byte[] unreachable = NetlinkMessage.encode(
                NetlinkMessage.RTM_NEWROUTE, 0, 1, HexFormat.of().parseHex("02200000fe000007000000000800040001000000"));
        assertThat(Routes.decode(NetlinkMessage.decode(unreachable, unreachable.length)))
                .isEmpty();
    }

    @Test
    void a_watch_on_a_quiet_host_sees_no_change() throws Exception {
        try (InterfaceWatch watch = InterfaceWatch.open()) {
            assertThat(watch.known()).isNotEmpty();
            watch.await(Duration.ofMillis(5));
            assertThat(watch.known()).extracting(NetInterface::name).contains("lo");
        }
    }
}
