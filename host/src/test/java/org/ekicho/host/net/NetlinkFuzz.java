package org.ekicho.host.net;

import java.util.List;

/// Netlink answers come from the kernel and yet are read with care: whatever the bytes, there is a list of interfaces
/// or routes, and no exception.
public final class NetlinkFuzz {
    private NetlinkFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        List<NetlinkMessage> messages = NetlinkMessage.decode(data, data.length);
        int used = messages.stream()
                .mapToInt(message -> message.length() + NetlinkMessage.HEADER)
                .sum();
        if (used > data.length) {
            throw new IllegalStateException("more messages than bytes");
        }
        List<NetInterface> interfaces = Interfaces.decode(messages, messages);
        if (interfaces.size() > messages.size()) {
            throw new IllegalStateException("more interfaces than messages");
        }
        Routes.decode(messages);
    }
}
