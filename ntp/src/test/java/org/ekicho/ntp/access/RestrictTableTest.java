package org.ekicho.ntp.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.ekicho.wire.IpAddress;
import org.ekicho.wire.IpPrefix;
import org.junit.jupiter.api.Test;

class RestrictTableTest {
    private static final int IGNORE = RestrictFlag.IGNORE.mask();
    private static final int NOQUERY = RestrictFlag.NOQUERY.mask();
    private static final int NOMODIFY = RestrictFlag.NOMODIFY.mask();
    private static final int NTPPORT = RestrictFlag.NTPPORT.mask();

    @Test
    void without_any_line_everything_is_allowed() {
        assertThat(flags(new RestrictTable(List.of()), "192.168.1.1", 5000)).isZero();
    }

    @Test
    void the_longest_prefix_decides_alone_whatever_the_order_of_lines() {
        List<RestrictRule> rules = List.of(
                rule("10.1.2.3", 0), rule("0.0.0.0/0", IGNORE), rule("10.1.0.0/16", NOQUERY), rule("::/0", NOMODIFY));
        for (RestrictTable table : List.of(new RestrictTable(rules), new RestrictTable(rules.reversed()))) {
            assertThat(flags(table, "10.1.2.3", 123)).isZero();
            assertThat(flags(table, "10.1.2.4", 123)).isEqualTo(NOQUERY);
            assertThat(flags(table, "10.1.255.255", 123)).isEqualTo(NOQUERY);
            assertThat(flags(table, "10.2.0.0", 123)).isEqualTo(IGNORE);
            assertThat(flags(table, "255.255.255.255", 123)).isEqualTo(IGNORE);
            assertThat(flags(table, "fd00::1", 123)).isEqualTo(NOMODIFY);
        }
    }

    @Test
    void lines_for_the_same_prefix_add_their_flags() {
        RestrictTable table = new RestrictTable(List.of(rule("10.0.0.0/8", NOQUERY), rule("10.0.0.0/8", NOMODIFY)));
        assertThat(flags(table, "10.9.9.9", 1)).isEqualTo(NOQUERY | NOMODIFY);
    }

    @Test
    void an_ntpport_line_is_for_packets_from_port_123_and_wins_there() {
        RestrictTable table =
                new RestrictTable(List.of(rule("10.0.0.0/8", NOQUERY), rule("10.0.0.0/8", IGNORE | NTPPORT)));
        assertThat(flags(table, "10.9.9.9", 123)).isEqualTo(IGNORE);
        assertThat(flags(table, "10.9.9.9", 124)).isEqualTo(NOQUERY);
    }

    @Test
    void agrees_with_a_naive_search_through_all_lines() {
        Random random = new Random(11);
        for (int round = 0; round < 300; round++) {
            List<RestrictRule> rules = new ArrayList<>();
            for (int i = random.nextInt(30); i > 0; i--) {
                IpAddress base = address(random);
                IpPrefix prefix = IpPrefix.of(base, random.nextInt(IpPrefix.bits(base) + 1));
                rules.add(new RestrictRule(prefix, random.nextInt(1 << RestrictFlag.values().length)));
            }
            RestrictTable table = new RestrictTable(rules);
            for (int i = 0; i < 200; i++) {
                IpAddress address = address(random);
                int port = random.nextBoolean() ? 123 : 40_000;
                assertThat(table.flags(address.high(), address.low(), port))
                        .as("%s port %d in %s", address, port, rules)
                        .isEqualTo(naive(rules, address, port));
            }
        }
    }

    /// Walks through all lines and keeps the best: longer prefix first, then `ntpport`; equals are added.
    private static int naive(List<RestrictRule> rules, IpAddress address, int port) {
        int best = -1;
        int flags = 0;
        for (RestrictRule rule : rules) {
            boolean variant = (rule.flags() & NTPPORT) != 0;
            if (rule.prefix().contains(address) && (!variant || port == 123)) {
                int rank = rule.prefix().length() * 2 + (variant ? 1 : 0);
                flags = rank > best ? rule.flags() : rank == best ? flags | rule.flags() : flags;
                best = Math.max(best, rank);
            }
        }
        return flags & ~NTPPORT;
    }

    /// Addresses that share many leading bits and lie at the ends of the line, so that prefixes nest and touch.
    private static IpAddress address(Random random) {
        int few = random.nextInt(16);
        return switch (random.nextInt(5)) {
            case 0 -> IpAddress.ofV4(few);
            case 1 -> IpAddress.ofV4(-1 - few);
            case 2 -> IpAddress.ofV4(0x0a000000 | few << 20 | random.nextInt(4));
            case 3 -> new IpAddress(random.nextBoolean() ? -1 : 0, -1 - few);
            default -> new IpAddress(0xfd00L << 48 | few, random.nextInt(4));
        };
    }

    private static RestrictRule rule(String prefix, int flags) {
        return new RestrictRule(IpPrefix.parse(prefix).orElseThrow(), flags);
    }

    private static int flags(RestrictTable table, String address, int port) {
        IpAddress parsed = IpAddress.literal(address);
        return table.flags(parsed.high(), parsed.low(), port);
    }
}
