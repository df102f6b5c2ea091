package org.ekicho.netboot.policy;

import java.nio.charset.StandardCharsets;

/// Any text as a file of orders: never an exception, and what was read is written and read the same.
public final class OrdersFuzz {
    private OrdersFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        OrderCodec.Read read = OrderCodec.parse(new String(data, StandardCharsets.UTF_8));
        OrderCodec.Read again = OrderCodec.parse(OrderCodec.format(read.orders()));
        if (!again.orders().equals(read.orders()) || !again.problems().isEmpty()) {
            throw new IllegalStateException("read otherwise: " + again);
        }
    }
}
