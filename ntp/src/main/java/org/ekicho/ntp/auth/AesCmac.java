package org.ekicho.ntp.auth;

import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;
import org.ekicho.wire.BigEndian;

/// AES-CMAC (RFC 4493; RFC 8573 for NTP) with a 128- or 256-bit key.
///
/// ```
/// X = 0;  for each whole block but the last: X = AES(X xor block)
/// tag = AES(X xor last xor K1)          when the last block is whole
/// tag = AES(X xor last·1000… xor K2)    when it is not
/// ```
final class AesCmac implements PacketMac {
    private static final int BLOCK = 16;
    /// x^128 + x^7 + x^2 + x + 1, less its first term: the carry of a doubling.
    private static final int CARRY = 0x87;

    private final Cipher aes;
    private final byte[] state = new byte[BLOCK];
    /// The cipher writes here, not over its input: in place it would copy its input first.
    private final byte[] output = new byte[BLOCK];

    private final long k1High;
    private final long k1Low;
    private final long k2High;
    private final long k2Low;

    /// @param secret 16 or 32 bytes
    AesCmac(byte[] secret) {
        try {
            aes = Cipher.getInstance("AES/ECB/NoPadding");
            aes.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(secret, "AES"));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no AES-" + secret.length * 8, e);
        }
        encrypt(0, 0);
        long high = BigEndian.i64(output, 0);
        long low = BigEndian.i64(output, 8);
        k1High = high << 1 | low >>> 63;
        k1Low = low << 1 ^ (high < 0 ? CARRY : 0);
        k2High = k1High << 1 | k1Low >>> 63;
        k2Low = k1Low << 1 ^ (k1High < 0 ? CARRY : 0);
    }

    @Override
    public void compute(byte[] bytes, int length, byte[] out) {
        long high = 0;
        long low = 0;
        int offset = 0;
        for (; length - offset > BLOCK; offset += BLOCK) {
            encrypt(high ^ BigEndian.i64(bytes, offset), low ^ BigEndian.i64(bytes, offset + 8));
            high = BigEndian.i64(output, 0);
            low = BigEndian.i64(output, 8);
        }
        if (length - offset == BLOCK) {
            encrypt(high ^ BigEndian.i64(bytes, offset) ^ k1High, low ^ BigEndian.i64(bytes, offset + 8) ^ k1Low);
        } else {
            encrypt(high ^ padded(bytes, offset, length) ^ k2High, low ^ padded(bytes, offset + 8, length) ^ k2Low);
        }
        System.arraycopy(output, 0, out, 0, BLOCK);
    }

    /// Eight bytes from `offset` of a message that ends at `end`: one bit follows the end, then zeros.
    private static long padded(byte[] bytes, int offset, int end) {
        long word = 0;
        for (int i = offset; i < offset + 8; i++) {
            word = word << 8 | (i < end ? bytes[i] & 0xff : i == end ? 0x80 : 0);
        }
        return word;
    }

    /// `output` = AES(the two words).
    private void encrypt(long high, long low) {
        BigEndian.put64(state, 0, high);
        BigEndian.put64(state, 8, low);
        try {
            aes.update(state, 0, BLOCK, output, 0);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES refused a block of 16 bytes", e);
        }
    }
}
