package org.ekicho.ntp.auth;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.EnumMap;
import java.util.Map;

/// One digest of each kind that is in use, shared by all keys of that kind in one thread.
final class Digests {
    private final Map<KeyType, MessageDigest> byType = new EnumMap<>(KeyType.class);

    MessageDigest of(KeyType type) {
        return byType.computeIfAbsent(type, Digests::create);
    }

    private static MessageDigest create(KeyType type) {
        try {
            return MessageDigest.getInstance(type.algorithm());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no " + type.algorithm(), e);
        }
    }
}
