package org.ekicho.mirror.signature;

import java.time.Instant;

/// What is to be thought of a signature. Only [Good] is good.
public sealed interface SignatureResult {
    /// One sentence, without its subject: `is signed by …`.
    String sentence();

    default boolean isGood() {
        return this instanceof Good;
    }

    /// Made by a key that is trusted, over exactly these bytes.
    ///
    /// @param keyId       of the key or subkey that signed, 16 hexadecimal digits
    /// @param fingerprint of the primary key
    /// @param userId      of the primary key; empty when it has none
    /// @param madeAt      when, as the signature says
    record Good(String keyId, String fingerprint, String userId, Instant madeAt) implements SignatureResult {
        @Override
        public String sentence() {
            return "is signed by " + userId + " (key " + keyId + ")";
        }
    }

    /// There is none.
    record Unsigned() implements SignatureResult {
        @Override
        public String sentence() {
            return "is not signed";
        }
    }

    /// By a key that is not among the trusted ones.
    record UnknownKey(String keyId) implements SignatureResult {
        @Override
        public String sentence() {
            return "is signed by key " + keyId
                    + ", which is none of this repository's keys; if it should be, get it from"
                    + " its owner, compare the fingerprint, and name its file in gpgkey";
        }
    }

    /// The bytes are not those that were signed.
    record Wrong(String keyId, String userId) implements SignatureResult {
        @Override
        public String sentence() {
            return "is not what " + userId + " (key " + keyId + ") signed";
        }
    }

    /// By a trusted key, but not to be believed.
    record Refused(String keyId, String userId, Refusal refusal, String detail) implements SignatureResult {
        @Override
        public String sentence() {
            return "is signed by " + userId + " (key " + keyId + "), but " + refusal.sentence()
                    + (detail.isEmpty() ? "" : " (" + detail + ")");
        }
    }

    /// No OpenPGP signature at all.
    record Malformed(String detail) implements SignatureResult {
        @Override
        public String sentence() {
            return "has a signature that cannot be read (" + detail + ")";
        }
    }

    /// Why a signature of a trusted key is not believed.
    enum Refusal {
        WEAK_HASH("its digest is too weak; for packages of EL5 and EL6 say generation = \"el6\""),
        WEAK_KEY("the key is too short; for packages of EL5 and EL6 say generation = \"el6\""),
        KEY_EXPIRED("the key had expired"),
        KEY_REVOKED("the key was revoked"),
        KEY_NOT_PROVEN("the key is not bound by a valid signature of its own"),
        NOT_FOR_SIGNING("the key is not for signing"),
        SIGNATURE_EXPIRED("the signature has expired"),
        FROM_THE_FUTURE("it was made in the future: is the clock right?");

        private final String sentence;

        Refusal(String sentence) {
            this.sentence = sentence;
        }

        public String sentence() {
            return sentence;
        }
    }
}
