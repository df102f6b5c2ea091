package org.ekicho.site.ntpkeys;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.ekicho.ntp.auth.KeyType;
import org.ekicho.ntp.auth.SymmetricKey;

/// Makes new keys that ntpd, chronyd and NTPsec all understand alike: 20 random bytes for SHA1 (and the other
/// digests), exactly the cipher's length for CMAC. Written in hexadecimal they have more than 20 characters, so that
/// no program takes them for text, and no `#` or blank can cut them.
public final class KeyGenerator {
    private static final int DIGEST_SECRET = 20;

    private KeyGenerator() {}

    /// @param firstId id of the first key; the others follow
    /// @param count   how many
    /// @param dice    a SecureRandom, but in tests
    public static List<SymmetricKey> generate(int firstId, int count, KeyType type, RandomGenerator dice) {
        List<SymmetricKey> keys = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] secret = new byte[secretLength(type)];
            dice.nextBytes(secret);
            keys.add(new SymmetricKey(firstId + i, type, secret, List.of()));
        }
        return keys;
    }

    private static int secretLength(KeyType type) {
        return switch (type) {
            case AES128CMAC -> 16;
            case AES256CMAC -> 32;
            case MD5, SHA1, SHA256, SHA384, SHA512 -> DIGEST_SECRET;
        };
    }
}
