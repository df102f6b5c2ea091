package org.ekicho.daemon.multicast;

import java.util.Arrays;

/// What decodes is written again as it was.
public final class TestDatagramFuzz {
    private TestDatagramFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        TestDatagram.decode(data).ifPresent(datagram -> {
            if (!Arrays.equals(datagram.encode(), data)) {
                throw new IllegalStateException("written otherwise than read: " + datagram);
            }
        });
    }
}
