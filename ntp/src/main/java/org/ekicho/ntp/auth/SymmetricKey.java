package org.ekicho.ntp.auth;

import java.security.MessageDigest;
import java.util.List;
import org.ekicho.wire.IpAddress;
import org.ekicho.wire.IpPrefix;

/// One shared secret. The secret never leaves by `toString`, `equals` compares it in constant time.
public final class SymmetricKey {
    /// The longest secret that any peer's key file can hold (chrony: a line of 2,047 characters; classic: 64 bytes).
    public static final int MAX_SECRET = 1024;

    private final int id;
    private final KeyType type;
    private final byte[] secret;
    private final List<IpPrefix> servers;

    /// @param id      1..2^32-1 as unsigned bits; classic peers know 1..65535 only
    /// @param secret  1..MAX_SECRET bytes; exactly 16 or 32 for the CMAC kinds
    /// @param servers addresses that may serve us time with this key; empty: all. Requests are not held to it
    public SymmetricKey(int id, KeyType type, byte[] secret, List<IpPrefix> servers) {
        if (id == 0) {
            throw new IllegalArgumentException("key id 0 means crypto-NAK and is no key");
        }
        if (secret.length == 0 || secret.length > MAX_SECRET) {
            throw new IllegalArgumentException("a secret has 1.." + MAX_SECRET + " bytes, not " + secret.length);
        }
        int wanted = type == KeyType.AES128CMAC ? 16 : type == KeyType.AES256CMAC ? 32 : secret.length;
        if (secret.length != wanted) {
            throw new IllegalArgumentException(type + " takes " + wanted + " bytes, not " + secret.length);
        }
        this.id = id;
        this.type = type;
        this.secret = secret.clone();
        this.servers = List.copyOf(servers);
    }

    /// The id's 32 bits; print with [#idText()].
    public int id() {
        return id;
    }

    public String idText() {
        return Integer.toUnsignedString(id);
    }

    public KeyType type() {
        return type;
    }

    /// A copy of the secret, for writers of key files and for MAC engines.
    public byte[] secret() {
        return secret.clone();
    }

    /// The addresses that may serve us time with this key; empty: all.
    public List<IpPrefix> servers() {
        return servers;
    }

    public boolean serves(IpAddress address) {
        if (servers.isEmpty()) {
            return true;
        }
        for (IpPrefix prefix : servers) {
            if (prefix.contains(address)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SymmetricKey key
                && id == key.id
                && type == key.type
                && servers.equals(key.servers)
                && MessageDigest.isEqual(secret, key.secret);
    }

    @Override
    public int hashCode() {
        return 31 * id + type.hashCode();
    }

    @Override
    public String toString() {
        return "key " + idText() + " " + type + " (" + secret.length + " secret bytes)";
    }
}
