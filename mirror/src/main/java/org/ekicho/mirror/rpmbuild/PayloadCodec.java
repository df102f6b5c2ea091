package org.ekicho.mirror.rpmbuild;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.LZMAOutputStream;
import org.tukaani.xz.XZOutputStream;

/// How a payload is compressed.
public enum PayloadCodec {
    /// Not at all: the package names no compressor.
    NONE("", "", "", ""),
    GZIP("gzip", "6", "", ""),
    BZIP2("bzip2", "9", "rpmlib(PayloadIsBzip2)", "3.0.5-1"),
    LZMA("lzma", "6", "rpmlib(PayloadIsLzma)", "4.4.6-1"),
    XZ("xz", "6", "rpmlib(PayloadIsXz)", "5.2-1"),
    ZSTD("zstd", "3", "rpmlib(PayloadIsZstd)", "5.4.18-1");

    private final String word;
    private final String level;
    private final String feature;
    private final String since;

    PayloadCodec(String word, String level, String feature, String since) {
        this.word = word;
        this.level = level;
        this.feature = feature;
        this.since = since;
    }

    /// Tag 1125; empty when there is none.
    String word() {
        return word;
    }

    /// Tag 1126.
    String level() {
        return level;
    }

    /// What the package asks of the rpm that installs it; empty for nothing.
    String feature() {
        return feature;
    }

    /// Version of rpm's feature.
    String since() {
        return since;
    }

    OutputStream compress(OutputStream out) throws IOException {
        return switch (this) {
            case NONE -> out;
            case GZIP -> new GZIPOutputStream(out);
            case BZIP2 -> new BZip2CompressorOutputStream(out);
            case LZMA -> new LZMAOutputStream(out, new LZMA2Options(), -1);
            case XZ -> new XZOutputStream(out, new LZMA2Options());
            case ZSTD -> new ZstdOutputStream(out, 3);
        };
    }
}
