package org.ekicho.host;

import java.util.Optional;
import org.ekicho.wire.BigEndian;

/// chronyd's answer is whatever somebody on port 323 says: it is decoded without an exception, or refused.
public final class ChronyFuzz {
    private ChronyFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        int sequence = data.length >= 20 ? BigEndian.i32(data, 16) : 0;
        Optional<ChronyTracking> tracking = ChronyCodec.decodeTracking(data, data.length, sequence);
        if (tracking.isPresent()) {
            check(data.length >= ChronyCodec.LENGTH, "shorter than an answer");
            check(Double.isFinite(tracking.get().rootDelay()), "root delay is no number");
            check(ChronyCodec.decodeTracking(data, data.length, sequence + 1).isEmpty(), "answers any question");
        }
    }

    private static void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalStateException(otherwise);
        }
    }
}
