package org.ekicho.mirror.codec;

import java.util.OptionalLong;

/// How far a compressed stream may open. A bomb of 131 KB opens to 4 GB; what is known about a file stops it
/// early.
///
/// @param exactBytes size when open, where metadata names it: neither more nor less is taken
/// @param mostBytes  never more than this
/// @param mostRatio  never more open bytes for one packed byte than this, counted once [#RATIO_FREE_BYTES]
///     are open
public record OpenLimits(OptionalLong exactBytes, long mostBytes, int mostRatio) {
    /// 8 GiB: filelists.xml of the largest distributions stay below 2 GiB.
    public static final long METADATA_BYTES = 8L << 30;
    /// Real metadata opens to 5 to 40 times its size; deflate cannot pass 1,032.
    public static final int METADATA_RATIO = 250;
    /// 32 MiB: a small file full of repetition does no harm, whatever its ratio.
    public static final long RATIO_FREE_BYTES = 32L << 20;

    public OpenLimits {
        if (mostBytes < 0 || mostRatio < 1 || exactBytes.orElse(0) < 0) {
            throw new IllegalArgumentException("limits below nothing");
        }
    }

    /// For metadata whose size when open nobody knows.
    public static OpenLimits metadata() {
        return new OpenLimits(OptionalLong.empty(), METADATA_BYTES, METADATA_RATIO);
    }

    /// For a file whose size when open is known.
    public static OpenLimits exactly(long bytes) {
        return new OpenLimits(OptionalLong.of(bytes), METADATA_BYTES, METADATA_RATIO);
    }

    /// For metadata with the size when open that its record names, if it names one.
    public static OpenLimits of(OptionalLong openSize) {
        return new OpenLimits(openSize, METADATA_BYTES, METADATA_RATIO);
    }

    /// The same, but never more than this.
    public OpenLimits atMost(long bytes) {
        return new OpenLimits(exactBytes, bytes, mostRatio);
    }
}
