package org.ekicho.ntp.auth;

import org.ekicho.ntp.NtpReason;
import org.ekicho.ntp.packet.NtpPacket;
import org.ekicho.wire.BigEndian;

/// Verifies and writes the MAC at the end of a packet. Holds working buffers and digests that are reused: belongs to
/// one thread, allocates nothing per packet once warm.
///
/// ```
/// | header, 48 | extension fields (v4) | key id, 4 | digest, 16 or 20 |
/// |<------- covered by the digest ---->|<---------- MAC ------------>|
/// ```
public final class Authenticator {
    /// Bytes of a key id, and of a whole crypto-NAK.
    public static final int KEY_ID = 4;
    /// The longest MAC of an NTPv4 packet; what is longer is an extension field (RFC 7822 §7.5.1.4).
    private static final int MAX_V4_MAC = KEY_ID + KeyType.MAX_DIGEST;
    /// The longest MAC of older packets: a whole SHA-512 digest, as chrony sends it.
    private static final int MAX_V3_MAC = KEY_ID + PacketMac.MAX_FULL_DIGEST;
    /// The shortest MAC that carries a digest.
    private static final int MIN_DIGEST_MAC = KEY_ID + 16;
    /// The shortest extension field (RFC 7822 §7.5).
    private static final int MIN_EXTENSION = 16;

    private final KeyRing keys;
    private final KeyTable table;
    private final byte[] digest = new byte[PacketMac.MAX_FULL_DIGEST];

    public Authenticator(KeyRing keys) {
        this.keys = keys;
        this.table = new KeyTable(keys);
    }

    public KeyRing keys() {
        return keys;
    }

    /// Where the MAC of the packet in `bytes[0..length)` begins (RFC 7822 §7.5.1.4 and the classic rule: after the
    /// header and whole extension fields, a rest of 4, 20 or 24 bytes; for versions 1 to 3 all after the header).
    ///
    /// @return the offset of the key id; `length` when there is no MAC; -1 when the length fits neither
    public static int macOffset(byte[] bytes, int length) {
        int rest = length - NtpPacket.HEADER;
        if (rest < 0 || (rest & 3) != 0) {
            return -1;
        }
        if ((bytes[0] >> 3 & 7) <= 3) {
            return rest <= MAX_V3_MAC ? NtpPacket.HEADER : -1;
        }
        int offset = NtpPacket.HEADER;
        while (length - offset > MAX_V4_MAC) {
            int extension = BigEndian.u16(bytes, offset + 2);
            if (extension < MIN_EXTENSION || (extension & 3) != 0 || extension > length - offset) {
                return -1;
            }
            offset += extension;
        }
        rest = length - offset;
        return rest == 0 || rest == KEY_ID || rest >= MIN_DIGEST_MAC ? offset : -1;
    }

    /// Checks the MAC at `macOffset` against the key that it names, in constant time, for a packet that may set our
    /// clock: the key's list of servers must hold the sender.
    ///
    /// @return [NtpReason#OK], or MISSING_MAC, CRYPTO_NAK, UNKNOWN_KEY, UNTRUSTED_KEY, KEY_NOT_FOR_ADDRESS,
    ///     WRONG_MAC_LENGTH, BAD_MAC, EXTENSION_WITH_WEAK_MAC
    public NtpReason verify(byte[] bytes, int length, int macOffset, long peerHigh, long peerLow) {
        if (length - macOffset >= KEY_ID) {
            KeyTable.Entry entry = table.find(BigEndian.i32(bytes, macOffset));
            if (entry != null && entry.trusted && !entry.serves(peerHigh, peerLow)) {
                return NtpReason.KEY_NOT_FOR_ADDRESS;
            }
        }
        return verifyRequest(bytes, length, macOffset);
    }

    /// The same for a request: whoever holds the secret may ask. The addresses of a key say who may serve with it,
    /// not who may ask, so that one key file fits servers and clients.
    public NtpReason verifyRequest(byte[] bytes, int length, int macOffset) {
        if (macOffset >= length) {
            return NtpReason.MISSING_MAC;
        }
        int keyId = BigEndian.i32(bytes, macOffset);
        int digestLength = length - macOffset - KEY_ID;
        if (keyId == 0 && digestLength == 0) {
            return NtpReason.CRYPTO_NAK;
        }
        KeyTable.Entry entry = table.find(keyId);
        if (entry == null) {
            return NtpReason.UNKNOWN_KEY;
        }
        if (!entry.trusted) {
            return NtpReason.UNTRUSTED_KEY;
        }
        if (!isDigestLength(entry.key.type(), digestLength, bytes[0] >> 3 & 7)) {
            return NtpReason.WRONG_MAC_LENGTH;
        }
        if (macOffset > NtpPacket.HEADER && isExtendable(entry.key.type())) {
            return NtpReason.EXTENSION_WITH_WEAK_MAC;
        }
        entry.mac.compute(bytes, macOffset, digest);
        return isEqual(bytes, macOffset + KEY_ID, digestLength) ? NtpReason.OK : NtpReason.BAD_MAC;
    }

    /// Versions up to 3 may carry a SHA-2 digest whole (chrony) or cut (NTPsec); version 4 always cut.
    private static boolean isDigestLength(KeyType type, int length, int version) {
        return length == type.digestLength() || (version <= 3 && length == type.fullDigestLength());
    }

    /// True when whoever sees a MAC can compute one for a longer packet: the whole state of the hash travels. The
    /// SHA-2 kinds keep 12 bytes or more of theirs to themselves in version 4, the only one with extension fields.
    private static boolean isExtendable(KeyType type) {
        return type == KeyType.MD5 || type == KeyType.SHA1;
    }

    /// Compares all bytes whatever they are, so that the time taken tells nothing of where they differ.
    private boolean isEqual(byte[] bytes, int offset, int length) {
        int difference = 0;
        for (int i = 0; i < length; i++) {
            difference |= bytes[offset + i] ^ digest[i];
        }
        return difference == 0;
    }

    /// Appends key id and digest over `bytes[0..length)`. Packets up to version 3 get the digest whole, as chrony
    /// expects it; version 4 at most 20 bytes of it.
    ///
    /// @return the new length
    /// @throws IllegalArgumentException if the key is not in the ring
    public int seal(byte[] bytes, int length, int keyId) {
        KeyType type = entry(keyId).key.type();
        int digestLength = (bytes[0] >> 3 & 7) <= 3 ? type.fullDigestLength() : type.digestLength();
        int end = length + KEY_ID + digestLength;
        BigEndian.put32(bytes, length, keyId);
        fill(bytes, length, end);
        return end;
    }

    /// Writes the digest over `bytes[0..macOffset)` behind the key id that stands at `macOffset`, as much of it as
    /// there is room up to `end`.
    ///
    /// @throws IllegalArgumentException if the key is not in the ring
    public void fill(byte[] bytes, int macOffset, int end) {
        entry(BigEndian.i32(bytes, macOffset)).mac.compute(bytes, macOffset, digest);
        System.arraycopy(digest, 0, bytes, macOffset + KEY_ID, end - macOffset - KEY_ID);
    }

    private KeyTable.Entry entry(int keyId) {
        KeyTable.Entry entry = table.find(keyId);
        if (entry == null) {
            throw new IllegalArgumentException("no key " + Integer.toUnsignedString(keyId) + " in the key file");
        }
        return entry;
    }
}
