package org.ekicho.web.range;

import java.nio.charset.StandardCharsets;

/// Whatever the Range header says: the parts lie in the file and are together no larger than it.
public final class ByteRangesFuzz {
    private ByteRangesFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        String header = new String(data, StandardCharsets.ISO_8859_1);
        for (long size : new long[] {0, 1, 1000, Long.MAX_VALUE}) {
            if (ByteRanges.parse(header, size) instanceof ByteRanges.Parts parts) {
                check(!parts.parts().isEmpty() && parts.parts().size() <= ByteRanges.MAX_PARTS, "number of parts");
                for (ByteRanges.Part part : parts.parts()) {
                    check(part.from() >= 0 && part.length() > 0 && part.last() < size && part.last() >= 0, "outside");
                }
            }
        }
    }

    private static void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalStateException(otherwise);
        }
    }
}
