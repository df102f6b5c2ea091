package org.ekicho.mirror.codec;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import org.ekicho.mirror.MirrorReason;
import org.jspecify.annotations.Nullable;

/// An open stream that counts: it ends in a [CodecException] as soon as a limit is passed, and tells damage
/// of the packed bytes from a failure of the stream that they come from.
final class LimitedInput extends InputStream {
    private final Source source;
    private final InputStream decoder;
    private final OpenLimits limits;
    private final Codec codec;
    private long open;

    private LimitedInput(Source source, InputStream decoder, OpenLimits limits, Codec codec) {
        this.source = source;
        this.decoder = decoder;
        this.limits = limits;
        this.codec = codec;
    }

    /// Makes a decoder of a packed stream.
    interface Decoding {
        InputStream decoder(InputStream packed) throws IOException;
    }

    static InputStream open(InputStream packed, OpenLimits limits, Decoding decoding, Codec codec) throws IOException {
        Source source = new Source(packed);
        try {
            return new LimitedInput(source, decoding.decoder(source), limits, codec);
        } catch (IOException | RuntimeException e) {
            throw source.explain(e, codec);
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        int n = read(one, 0, 1);
        return n < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
        int n;
        try {
            n = decoder.read(to, offset, length);
        } catch (IOException | RuntimeException e) {
            throw source.explain(e, codec);
        }
        if (n < 0) {
            if (limits.exactBytes().isPresent() && open != limits.exactBytes().orElseThrow()) {
                throw new CodecException(
                        MirrorReason.WRONG_SIZE,
                        "it opens to " + open + " bytes instead of "
                                + limits.exactBytes().orElseThrow());
            }
            return n;
        }
        open += n;
        check();
        return n;
    }

    private void check() throws CodecException {
        if (open > limits.exactBytes().orElse(Long.MAX_VALUE)) {
            throw new CodecException(
                    MirrorReason.WRONG_SIZE,
                    "it opens to more than the " + limits.exactBytes().orElseThrow() + " bytes that it should have");
        }
        if (open > limits.mostBytes()) {
            throw new CodecException(MirrorReason.TOO_LARGE, "it opens to more than " + limits.mostBytes() + " bytes");
        }
        if (codec != Codec.NONE
                && open > OpenLimits.RATIO_FREE_BYTES
                && open / limits.mostRatio() > Math.max(source.taken, 1)) {
            throw new CodecException(
                    MirrorReason.TOO_LARGE,
                    source.taken + " packed bytes open to more than " + limits.mostRatio() + " times as many");
        }
    }

    @Override
    public int available() throws IOException {
        return decoder.available();
    }

    @Override
    public void close() throws IOException {
        try (source) {
            decoder.close();
        }
    }

    /// The packed bytes: counted, and its own failures remembered.
    private static final class Source extends FilterInputStream {
        private long taken;

        @Nullable
        private IOException failure;

        Source(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            try {
                int b = in.read();
                taken += b < 0 ? 0 : 1;
                return b;
            } catch (IOException e) {
                failure = e;
                throw e;
            }
        }

        @Override
        public int read(byte[] to, int offset, int length) throws IOException {
            try {
                int n = in.read(to, offset, length);
                taken += Math.max(n, 0);
                return n;
            } catch (IOException e) {
                failure = e;
                throw e;
            }
        }

        @Override
        public long skip(long count) throws IOException {
            long n = in.skip(count);
            taken += n;
            return n;
        }

        @Override
        public boolean markSupported() {
            return false;
        }

        /// The failure of the stream below if that is what happened, else what is wrong with the packed bytes.
        IOException explain(Exception e, Codec codec) {
            if (failure != null) {
                return failure;
            }
            if (e instanceof CodecException refused) {
                return refused;
            }
            String detail = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            return new CodecException(
                    MirrorReason.MALFORMED,
                    "its " + codec.name().toLowerCase(Locale.ROOT) + " data is damaged: " + detail,
                    e);
        }
    }
}
