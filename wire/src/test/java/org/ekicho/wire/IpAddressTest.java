package org.ekicho.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.Random;
import org.junit.jupiter.api.Test;

class IpAddressTest {
    @Test
    void reads_and_writes_dotted_quads() {
        assertThat(IpAddress.literal("192.168.55.1").toString()).isEqualTo("192.168.55.1");
        for (String bad : new String[] {"", "1.2.3", "1.2.3.4.5", "256.1.1.1", "1.2.3.x", "1..2.3", "01234.1.1.1"}) {
            assertThat(IpAddress.parse(bad)).as(bad).isEmpty();
        }
    }

    @Test
    void writes_ipv6_as_rfc_5952_says() {
        assertThat(IpAddress.literal("2001:DB8:0:0:1:0:0:1").toString()).isEqualTo("2001:db8::1:0:0:1");
        assertThat(IpAddress.literal("::").toString()).isEqualTo("::");
        assertThat(IpAddress.literal("ff02::101").toString()).isEqualTo("ff02::101");
        assertThat(IpAddress.literal("::ffff:10.0.0.1")).isEqualTo(IpAddress.literal("10.0.0.1"));
        for (String bad :
                new String[] {":", "1::2::3", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "g::1", "12345::", "::1%eth0"}) {
            assertThat(IpAddress.parse(bad)).as(bad).isEmpty();
        }
    }

    @Test
    void reads_what_it_wrote_and_agrees_with_the_jdk() throws Exception {
        Random dice = new Random(42);
        for (int i = 0; i < 2000; i++) {
            long high = dice.nextLong() & (dice.nextBoolean() ? -1 : 0xffff_0000_ffff_0000L);
            IpAddress address = new IpAddress(high, dice.nextBoolean() ? dice.nextLong() : dice.nextInt(4));
            assertThat(IpAddress.literal(address.toString())).isEqualTo(address);
            assertThat(InetAddress.getByName(address.toString()).getAddress()).isEqualTo(address.toBytes());
        }
    }

    @Test
    void knows_the_kinds() {
        assertThat(IpAddress.literal("224.0.1.1").isMulticast()).isTrue();
        assertThat(IpAddress.literal("223.255.255.255").isMulticast()).isFalse();
        assertThat(IpAddress.literal("ff05::101").isMulticast()).isTrue();
        assertThat(IpAddress.literal("127.9.9.9").isLoopback()).isTrue();
        assertThat(IpAddress.literal("fe80::1").isLinkLocal()).isTrue();
        assertThat(IpAddress.literal("fec0::1").isLinkLocal()).isFalse();
        assertThat(IpAddress.literal("169.254.1.1").isLinkLocal()).isTrue();
    }

    @Test
    void prefixes_contain_their_own_family_only() {
        IpPrefix net = IpPrefix.parse("192.168.55.7/24").orElseThrow();
        assertThat(net.toString()).isEqualTo("192.168.55.0/24");
        assertThat(net.contains(IpAddress.literal("192.168.55.255"))).isTrue();
        assertThat(net.contains(IpAddress.literal("192.168.56.0"))).isFalse();
        assertThat(IpPrefix.ALL_V4.contains(IpAddress.literal("1.2.3.4"))).isTrue();
        assertThat(IpPrefix.ALL_V6.contains(IpAddress.literal("1.2.3.4"))).isFalse();
        assertThat(IpPrefix.parse("fd00::/8").orElseThrow().contains(IpAddress.literal("fdff::1")))
                .isTrue();
        assertThat(IpPrefix.parse("1.2.3.4/33")).isEmpty();
    }
}
