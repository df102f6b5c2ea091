package org.ekicho.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class IpPrefixTest {
    @Test
    void raw_bits_and_addresses_are_contained_alike() {
        Random random = new Random(4);
        for (int i = 0; i < 20_000; i++) {
            IpAddress base = address(random);
            IpPrefix prefix = IpPrefix.of(base, random.nextInt(IpPrefix.bits(base) + 1));
            IpAddress other = random.nextInt(4) == 0 ? address(random) : near(base, random);
            assertThat(prefix.contains(other.high(), other.low()))
                    .as("%s in %s", other, prefix)
                    .isEqualTo(prefix.contains(other));
        }
    }

    @Test
    void all_v4_and_all_v6_share_no_address() {
        IpAddress v4 = IpAddress.literal("10.1.2.3");
        IpAddress v6 = IpAddress.literal("fd00::1");
        assertThat(IpPrefix.ALL_V4.contains(v4.high(), v4.low())).isTrue();
        assertThat(IpPrefix.ALL_V4.contains(v6.high(), v6.low())).isFalse();
        assertThat(IpPrefix.ALL_V6.contains(v4.high(), v4.low())).isFalse();
        assertThat(IpPrefix.ALL_V6.contains(v6.high(), v6.low())).isTrue();
    }

    private static IpAddress address(Random random) {
        return random.nextBoolean()
                ? IpAddress.ofV4(random.nextInt())
                : new IpAddress(random.nextLong(), random.nextLong());
    }

    private static IpAddress near(IpAddress address, Random random) {
        int bit = random.nextInt(IpPrefix.bits(address));
        return bit < 64
                ? new IpAddress(address.high(), address.low() ^ 1L << bit)
                : new IpAddress(address.high() ^ 1L << (bit - 64), address.low());
    }
}
