package org.ekicho.mirror.bundle;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import org.ekicho.mirror.MirrorReason;
import org.ekicho.mirror.Refusal;
import org.ekicho.mirror.RefusedException;

/// Reads a volume from front to end and compares it with what the manifest says: every byte of it is covered by the
/// header, a part's header, a part's digest and the digest of the whole.
public final class VolumeReader {
    private static final int BUFFER_BYTES = 256 << 10;

    private final InputStream in;
    private final String name;
    private final MessageDigest whole = Sha256.digest();
    private final byte[] buffer = new byte[BUFFER_BYTES];

    /// Takes what is in a volume. Bytes of a part are good only when `end` was called for it; the volume is good only
    /// when the reader returned.
    public interface Receiver {
        void begin(Part part) throws IOException;

        void bytes(byte[] bytes, int length) throws IOException;

        void end(Part part) throws IOException;
    }

    private VolumeReader(InputStream in, String name) {
        this.in = in;
        this.name = name;
    }

    /// @throws RefusedException when the volume is not what the manifest says
    public static void read(InputStream in, BundleManifest manifest, VolumeSpec spec, Receiver receiver)
            throws IOException, RefusedException {
        new VolumeReader(in, spec.fileName()).read(manifest, spec, receiver);
    }

    private void read(BundleManifest manifest, VolumeSpec spec, Receiver receiver)
            throws IOException, RefusedException {
        int volumes = manifest.volumes().size();
        byte[] header = VolumeCodec.encodeHeader(
                manifest.id(), spec.number(), volumes, spec.parts().size(), spec.size());
        expect(header, "it is not volume " + spec.number() + " of bundle " + manifest.id());
        for (Part part : spec.parts()) {
            expect(VolumeCodec.encodePartHeader(part), "the header of object " + part.sha256() + " is damaged");
            receiver.begin(part);
            byte[] digest = copy(part, receiver);
            expect(digest, "object " + part.sha256() + " is damaged");
            if (part.isWhole() && !HexFormat.of().formatHex(digest).equals(part.sha256())) {
                throw refuse(MirrorReason.WRONG_CHECKSUM, "object " + part.sha256() + " is something else");
            }
            receiver.end(part);
        }
        if (in.read() >= 0) {
            throw refuse(MirrorReason.WRONG_SIZE, "something follows its end");
        }
        if (!HexFormat.of().formatHex(whole.digest()).equals(spec.sha256())) {
            throw refuse(MirrorReason.WRONG_CHECKSUM, "it is not the volume that the manifest names");
        }
    }

    private void expect(byte[] expected, String otherwise) throws IOException, RefusedException {
        int length = in.readNBytes(buffer, 0, expected.length);
        if (length < expected.length) {
            throw refuse(MirrorReason.WRONG_SIZE, "it ends too early");
        }
        if (!Arrays.equals(buffer, 0, length, expected, 0, length)) {
            throw refuse(MirrorReason.WRONG_CHECKSUM, otherwise);
        }
        whole.update(expected);
    }

    private byte[] copy(Part part, Receiver receiver) throws IOException, RefusedException {
        MessageDigest digest = Sha256.digest();
        for (long left = part.length(); left > 0; ) {
            int length = in.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (length < 0) {
                throw refuse(MirrorReason.WRONG_SIZE, "it ends too early");
            }
            digest.update(buffer, 0, length);
            whole.update(buffer, 0, length);
            receiver.bytes(buffer, length);
            left -= length;
        }
        return digest.digest();
    }

    private RefusedException refuse(MirrorReason reason, String detail) {
        return new RefusedException(Refusal.of(reason, name + ": " + detail));
    }
}
