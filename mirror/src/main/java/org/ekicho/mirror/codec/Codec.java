package org.ekicho.mirror.codec;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZInputStream;
import org.tukaani.xz.XZOutputStream;

/// What metadata and payloads are compressed with. Levels are createrepo_c's: gzip 6, bzip2 9, xz 5, zstd 10.
///
/// zstd runs in the thread that writes: its native workers would need a pool that somebody owns, and metadata
/// is written as three files at once anyway.
public enum Codec {
    NONE("", ""),
    GZ(".gz", "1f8b"),
    BZ2(".bz2", "425a68"),
    XZ(".xz", "fd377a585a00"),
    ZSTD(".zst", "28b52ffd");

    /// Bytes that [#ofMagic] wants to see of a file that has as many.
    public static final int MAGIC_LENGTH = 6;

    private static final int BUFFER_BYTES = 64 << 10;
    private static final int XZ_LEVEL = 5;
    private static final int ZSTD_LEVEL = 10;
    /// Tables of 2^20 numbers: some 15 MB less than the level takes by itself, for each of the three files that are
    /// written at once, and not a thousandth more of metadata. The window stays: change logs repeat from far away.
    private static final int ZSTD_TABLE_LOG = 20;
    /// 96 MiB: xz -9 needs 65 MiB, and nothing that we read is packed harder.
    private static final int XZ_MEMORY_KIB = 96 << 10;
    /// 128 MiB, what `zstd -d` takes without being told.
    private static final int ZSTD_WINDOW_LOG = 27;

    private final String suffix;
    private final String magic;

    Codec(String suffix, String magic) {
        this.suffix = suffix;
        this.magic = magic;
    }

    /// With its dot; empty for [#NONE].
    public String suffix() {
        return suffix;
    }

    /// By the end of a file name. What no codec claims is not compressed.
    public static Codec ofName(String fileName) {
        String lower = fileName.toLowerCase(Locale.ROOT);
        for (Codec codec : values()) {
            if (codec != NONE && lower.endsWith(codec.suffix)) {
                return codec;
            }
        }
        return lower.endsWith(".zstd") ? ZSTD : NONE;
    }

    /// By the word of a command line or header: `none`, `gz`, `gzip`, `bz2`, `bzip2`, `xz`, `zstd`, `zst`.
    public static Optional<Codec> ofWord(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "none" -> Optional.of(NONE);
            case "gz", "gzip" -> Optional.of(GZ);
            case "bz2", "bzip2" -> Optional.of(BZ2);
            case "xz" -> Optional.of(XZ);
            case "zst", "zstd" -> Optional.of(ZSTD);
            default -> Optional.empty();
        };
    }

    /// By the first bytes of a file, [#MAGIC_LENGTH] of them or all it has.
    public static Codec ofMagic(byte[] start) {
        String hex = HexFormat.of().formatHex(start, 0, Math.min(start.length, MAGIC_LENGTH));
        for (Codec codec : values()) {
            if (codec != NONE && hex.startsWith(codec.magic)) {
                return codec;
            }
        }
        return NONE;
    }

    /// A stream that compresses what is written to it. Closing it writes the end and closes `to`. The bytes
    /// depend on nothing but the content.
    public OutputStream compressing(OutputStream to) throws IOException {
        return switch (this) {
            case NONE -> to;
            case GZ -> new Gzip(to);
            case BZ2 -> new BZip2CompressorOutputStream(to);
            case XZ -> new XZOutputStream(to, new LZMA2Options(XZ_LEVEL));
            case ZSTD -> zstd(to);
        };
    }

    private static OutputStream zstd(OutputStream to) throws IOException {
        try {
            return new ZstdOutputStreamNoFinalizer(to, ZSTD_LEVEL)
                    .setHashLog(ZSTD_TABLE_LOG)
                    .setChainLog(ZSTD_TABLE_LOG);
        } catch (IOException | RuntimeException e) {
            to.close();
            throw e;
        }
    }

    /// A stream of the open content. Closing it closes `from`.
    ///
    /// @throws CodecException here or when reading: [MirrorReason#TOO_LARGE] past a limit,
    ///     [MirrorReason#WRONG_SIZE] for another size than the exact one, [MirrorReason#MALFORMED] when the
    /// packed bytes are damaged or end early
    /// @throws IOException as `from` threw it
    public InputStream decompressing(InputStream from, OpenLimits limits) throws IOException {
        return LimitedInput.open(from, limits, this::decoder, this);
    }

    private InputStream decoder(InputStream from) throws IOException {
        return switch (this) {
            case NONE -> from;
            case GZ -> new GZIPInputStream(from, BUFFER_BYTES);
            case BZ2 -> new BZip2CompressorInputStream(from, true);
            case XZ -> new XZInputStream(from, XZ_MEMORY_KIB);
            case ZSTD -> new ZstdInputStreamNoFinalizer(from).setLongMax(ZSTD_WINDOW_LOG);
        };
    }

    /// gzip at level 6 with a buffer that suits metadata.
    private static final class Gzip extends GZIPOutputStream {
        private static final int LEVEL = 6;

        Gzip(OutputStream to) throws IOException {
            super(to, BUFFER_BYTES);
            def.setLevel(LEVEL);
            def.setStrategy(Deflater.DEFAULT_STRATEGY);
        }
    }
}
