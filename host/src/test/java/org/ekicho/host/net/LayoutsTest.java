package org.ekicho.host.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What is written into native memory lies where the C headers say.
class LayoutsTest {
    private final Map<String, Integer> golden = golden();

    private static Map<String, Integer> golden() {
        Map<String, Integer> golden = new HashMap<>();
        try (InputStream in = LayoutsTest.class.getResourceAsStream("/golden/layouts.txt")) {
            assertThat(in).isNotNull();
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(text -> !text.startsWith("#"))
                    .toList()) {
                int space = line.indexOf(' ');
                golden.put(line.substring(0, space), Integer.parseInt(line.substring(space + 1)));
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return golden;
    }

    @Test
    void messages() {
        assertThat(golden)
                .containsEntry("sizeof.mmsghdr", MessageVector.HEADER)
                .containsEntry("msghdr.msg_name", 0)
                .containsEntry("msghdr.msg_namelen", MessageVector.HEADER_NAME_LENGTH)
                .containsEntry("msghdr.msg_iov", 16)
                .containsEntry("msghdr.msg_iovlen", 24)
                .containsEntry("msghdr.msg_control", MessageVector.HEADER_CONTROL)
                .containsEntry("msghdr.msg_controllen", MessageVector.HEADER_CONTROL_LENGTH)
                .containsEntry("msghdr.msg_flags", MessageVector.HEADER_FLAGS)
                .containsEntry("mmsghdr.msg_len", MessageVector.HEADER_LENGTH)
                .containsEntry("sizeof.iovec", 16);
    }

    @Test
    void control_data() {
        assertThat(golden)
                .containsEntry("sizeof.cmsghdr", MessageVector.CONTROL_HEADER)
                .containsEntry("cmsghdr.cmsg_level", 8)
                .containsEntry("cmsghdr.cmsg_type", 12)
                .containsEntry("sizeof.in_pktinfo", 12)
                .containsEntry("in_pktinfo.ipi_spec_dst", 4)
                .containsEntry("in_pktinfo.ipi_addr", 8)
                .containsEntry("sizeof.in6_pktinfo", 20)
                .containsEntry("in6_pktinfo.ipi6_ifindex", 16);
    }

    @Test
    void group_requests() {
        assertThat(golden)
                .containsEntry("sizeof.group_req", SocketControl.GROUP_REQUEST)
                .containsEntry("group_req.gr_group", SocketControl.GROUP)
                .containsEntry("sizeof.group_source_req", SocketControl.GROUP_SOURCE_REQUEST)
                .containsEntry("group_source_req.gsr_group", SocketControl.GROUP)
                .containsEntry("group_source_req.gsr_source", SocketControl.SOURCE);
    }

    @Test
    void netlink() {
        assertThat(golden)
                .containsEntry("sizeof.nlmsghdr", NetlinkMessage.HEADER)
                .containsEntry("sizeof.ifinfomsg", 16);
    }
}
