package org.ekicho.mirror.codec;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/// Packed bytes are whatever a mirror sends: they open within their limits, or are refused with a reason.
public final class CodecFuzz {
    private static final int MOST = 1 << 20;

    private CodecFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        for (Codec codec : Codec.values()) {
            try (InputStream in = codec.decompressing(
                    new ByteArrayInputStream(data), OpenLimits.metadata().atMost(MOST))) {
                if (in.readAllBytes().length > MOST) {
                    throw new IllegalStateException(codec + " opened to more than its limit");
                }
            } catch (CodecException refused) {
                if (refused.reason().sentence().isEmpty()) {
                    throw new IllegalStateException("no reason", refused);
                }
            } catch (IOException e) {
                throw new IllegalStateException("blames a stream that did not fail", e);
            }
        }
    }
}
