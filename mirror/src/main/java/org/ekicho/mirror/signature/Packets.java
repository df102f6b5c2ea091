package org.ekicho.mirror.signature;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.bcpg.ArmoredInputStream;
import org.bouncycastle.bcpg.BCPGInputStream;
import org.bouncycastle.bcpg.PacketTags;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPPublicKeyRing;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.operator.bc.BcKeyFingerprintCalculator;

/// Keys and signatures out of bytes, armored (any number of blocks) or not. The decoder under it was made for friendly
/// input: whatever it throws at other input means that the input is malformed.
final class Packets {
    /// RSA keys that only sign, an algorithm number of old keys (RFC 9580 §9.1).
    static final int RSA_SIGN = 3;

    private static final String BEGIN = "-----BEGIN PGP ";

    /// A keyring of a distribution has some ten keys, a signature file one signature.
    private static final int MOST = 1000;

    private Packets() {}

    /// @throws IOException when they cannot be read, or there are none
    static List<PGPPublicKeyRing> keys(byte[] bytes) throws IOException {
        List<PGPPublicKeyRing> rings = new ArrayList<>();
        for (byte[] block : blocks(bytes)) {
            read(
                    block,
                    PacketTags.PUBLIC_KEY,
                    in -> rings.add(new PGPPublicKeyRing(in, new BcKeyFingerprintCalculator())));
        }
        if (rings.isEmpty()) {
            throw new IOException("it holds no OpenPGP public key");
        }
        return rings;
    }

    /// @throws IOException when they cannot be read, or there are none
    static List<PGPSignature> signatures(byte[] bytes) throws IOException {
        List<PGPSignature> signatures = new ArrayList<>();
        for (byte[] block : blocks(bytes)) {
            read(block, PacketTags.SIGNATURE, in -> signatures.add(new PGPSignature(in)));
        }
        if (signatures.isEmpty()) {
            throw new IOException("it holds no OpenPGP signature");
        }
        return signatures;
    }

    private interface Reader {
        void read(BCPGInputStream in) throws IOException, PGPException;
    }

    private static void read(byte[] block, int wanted, Reader reader) throws IOException {
        PacketLengths.check(block);
        BCPGInputStream in = new BCPGInputStream(new ByteArrayInputStream(block));
        try {
            for (int count = 0; in.nextPacketTag() >= 0; count++) {
                if (count == MOST) {
                    throw new IOException("it holds more than " + MOST + " packets");
                }
                int tag = in.nextPacketTag();
                if (tag == PacketTags.MARKER) {
                    in.readPacket();
                } else if (tag == wanted) {
                    reader.read(in);
                } else {
                    throw new IOException("it holds something else (packet " + tag + ")");
                }
            }
        } catch (EOFException | PGPException | RuntimeException e) {
            throw new IOException("it breaks the format of OpenPGP", e);
        }
    }

    /// The binary content of each armored block; without armor, the bytes themselves.
    private static List<byte[]> blocks(byte[] bytes) throws IOException {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        int at = text.indexOf(BEGIN);
        if (at < 0) {
            return List.of(bytes);
        }
        List<byte[]> blocks = new ArrayList<>();
        while (at >= 0 && blocks.size() < MOST) {
            int next = text.indexOf(BEGIN, at + BEGIN.length());
            String block = text.substring(at, next < 0 ? text.length() : next);
            blocks.add(binary(block.getBytes(StandardCharsets.ISO_8859_1)));
            at = next;
        }
        return blocks;
    }

    private static byte[] binary(byte[] armored) throws IOException {
        try (ArmoredInputStream in = new ArmoredInputStream(new ByteArrayInputStream(armored))) {
            return in.readAllBytes();
        } catch (RuntimeException e) {
            throw new IOException("its armor is broken", e);
        }
    }
}
