package org.ekicho.host.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.ekicho.host.net.MulticastKernel.Membership;
import org.ekicho.wire.Datagram;
import org.ekicho.wire.IpAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MulticastKernelTest {
    private static final String IGMP = """
            Idx	Device    : Count Querier	Group    Users Timer	Reporter
            1	lo        :     1      V3
            				010000E0     1 0:00000000		0
            4	eth0.20   :     2      V2
            				010100E0     3 0:00000000		0
            				010000E0     1 0:00000000		0
            """;

    @TempDir
    Path proc;

    private void put(String file, String text) throws IOException {
        Path path = proc.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    @Test
    void lists_the_groups_of_each_interface() throws IOException {
        put("net/igmp", IGMP);
        put("net/igmp6", "4    eth0.20         ff020000000000000000000000000101     1 0000000C 0\n");
        assertThat(new MulticastKernel(proc).memberships())
                .contains(
                        new Membership(4, IpAddress.literal("224.0.1.1"), 3),
                        new Membership(4, IpAddress.literal("224.0.0.1"), 1),
                        new Membership(4, IpAddress.literal("ff02::101"), 1))
                .hasSize(4);
        assertThat(new MulticastKernel(proc.resolve("none")).memberships()).isEmpty();
    }

    @Test
    void tells_the_igmp_version_in_use() throws IOException {
        put("net/igmp", IGMP);
        MulticastKernel kernel = new MulticastKernel(proc);
        assertThat(kernel.igmpVersion("eth0.20")).contains(2);
        assertThat(kernel.igmpVersion("lo")).contains(3);
        assertThat(kernel.igmpVersion("eth7")).isEmpty();
    }

    @Test
    void the_settings_of_all_interfaces_count_too() throws IOException {
        put("sys/net/ipv4/conf/all/rp_filter", "2\n");
        put("sys/net/ipv4/conf/eth0/rp_filter", "1\n");
        put("sys/net/ipv4/conf/all/force_igmp_version", "0\n");
        put("sys/net/ipv4/conf/eth0/force_igmp_version", "2\n");
        MulticastKernel kernel = new MulticastKernel(proc);
        assertThat(kernel.reversePathFilter("eth0")).isEqualTo(2);
        assertThat(kernel.forcedIgmpVersion("eth0")).isEqualTo(2);
        assertThat(kernel.forcedIgmpVersion("eth9")).isZero();
    }

    @Test
    void reads_queries_of_all_three_versions() {
        // IPv4 header with the router alert option (24 bytes), then IGMP.
        String header = "46c0002000004000010243fec0a837fee000000194040000";
        assertThat(query(header + "1100eeff00000000").version()).isEqualTo(1);
        IgmpQuery second = query(header + "11640e99e0000101");
        assertThat(second.version()).isEqualTo(2);
        assertThat(second.group()).hasToString("224.0.1.1");
        IgmpQuery third = query(header + "1164ec1e00000000027d0000");
        assertThat(third.version()).isEqualTo(3);
        assertThat(third.querier()).hasToString("192.168.55.254");
        assertThat(third.interfaceIndex()).isEqualTo(7);
    }

    @Test
    void takes_a_report_and_a_stump_for_no_query() {
        assertThat(IgmpQuery.decode(packet("46c0002000004000010243fec0a837fee0000001940400002200eeff00000000")))
                .isEmpty();
        assertThat(IgmpQuery.decode(packet("46c0002000004000010243fec0a837fee0000001940400001100")))
                .isEmpty();
        assertThat(IgmpQuery.decode(packet("4f"))).isEmpty();
    }

    private static IgmpQuery query(String hex) {
        return IgmpQuery.decode(packet(hex)).orElseThrow();
    }

    private static Datagram packet(String hex) {
        return new Datagram()
                .peer(IpAddress.literal("192.168.55.254"), 0)
                .local(IpAddress.literal("224.0.0.1"), 7)
                .payload(HexFormat.of().parseHex(hex));
    }
}
