package org.ekicho.mirror.signature;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.List;
import org.ekicho.mirror.rpm.HeaderRead;
import org.ekicho.mirror.rpm.RpmDigestCheck;
import org.ekicho.mirror.rpm.RpmDigests;
import org.ekicho.mirror.rpm.RpmHeaders;
import org.ekicho.mirror.rpm.RpmSignature;

/// Verifies that a whole package file is what a trusted key signed: the header by its signature and the payload by the
/// header's digests, or, in packages of old, both by one signature.
public record PackageVerifier(SignatureVerifier signatures) {
    private static final int CHUNK_BYTES = 128 << 10;

    /// Opens the file again, from its first byte.
    @FunctionalInterface
    public interface Opener {
        InputStream open() throws IOException;
    }

    /// @param size bytes of the file
    /// @throws IOException when the file cannot be read
    public SignatureResult verify(Opener file, long size) throws IOException {
        int wanted = (int) Math.min(size, RpmHeaders.FIRST_READ);
        while (true) {
            byte[] head = head(file, wanted);
            switch (RpmHeaders.read(ByteBuffer.wrap(head), size)) {
                case HeaderRead.Refused(var _, String detail) -> {
                    return new SignatureResult.Malformed(detail);
                }
                case HeaderRead.NeedsMore(int total) -> {
                    if (head.length < wanted || total <= wanted) {
                        return new SignatureResult.Malformed("the file is shorter than its headers");
                    }
                    wanted = total;
                }
                case HeaderRead.Read read -> {
                    return verify(file, head, read, size);
                }
            }
        }
    }

    private SignatureResult verify(Opener file, byte[] head, HeaderRead.Read read, long size) throws IOException {
        List<RpmSignature> all = RpmSignature.of(read);
        SignatureResult result = new SignatureResult.Unsigned();
        int start = (int) read.range().start();
        int length = (int) read.range().end() - start;
        for (RpmSignature signature : all) {
            SignatureResult next = switch (signature.covers()) {
                case HEADER -> signatures.verify(new ByteArrayInputStream(head, start, length), signature.packet());
                case HEADER_AND_PAYLOAD -> whole(file, start, signature);
            };
            if (next.isGood()) {
                return signature.covers() == RpmSignature.Covers.HEADER ? payload(file, read, size, next) : next;
            }
            // The word on a known key's signature tells more than that of an unknown one.
            if (!(next instanceof SignatureResult.UnknownKey) || result instanceof SignatureResult.Unsigned) {
                result = next;
            }
        }
        return result;
    }

    private SignatureResult whole(Opener file, int start, RpmSignature signature) throws IOException {
        try (InputStream in = file.open()) {
            in.skipNBytes(start);
            return signatures.verify(in, signature.packet());
        }
    }

    private static SignatureResult payload(Opener file, HeaderRead.Read read, long size, SignatureResult header)
            throws IOException {
        RpmDigestCheck check = RpmDigests.of(read, size).check();
        try (InputStream in = file.open()) {
            byte[] chunk = new byte[CHUNK_BYTES];
            for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
                check.feed(ByteBuffer.wrap(chunk, 0, n));
            }
        }
        List<String> wrong = check.end();
        return wrong.isEmpty() ? header : new SignatureResult.Malformed(wrong.getFirst());
    }

    private static byte[] head(Opener file, int length) throws IOException {
        try (InputStream in = file.open()) {
            return in.readNBytes(length);
        }
    }
}
