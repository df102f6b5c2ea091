package org.ekicho.ntp.auth;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// All keys that were loaded, and which of them are trusted (`trustedkey`). Immutable.
public final class KeyRing {
    /// No key at all.
    public static final KeyRing EMPTY = new KeyRing(List.of(), Set.of());

    private final Map<Integer, SymmetricKey> keys = new LinkedHashMap<>();
    private final Set<Integer> trusted;

    /// A later key replaces an earlier one of the same id, as in a key file.
    public KeyRing(Collection<SymmetricKey> keys, Set<Integer> trusted) {
        for (SymmetricKey key : keys) {
            this.keys.put(key.id(), key);
        }
        this.trusted = Set.copyOf(trusted);
    }

    /// The key of this id, trusted or not.
    public Optional<SymmetricKey> find(int id) {
        return Optional.ofNullable(keys.get(id));
    }

    public boolean isTrusted(int id) {
        return trusted.contains(id);
    }

    public Collection<SymmetricKey> keys() {
        return List.copyOf(keys.values());
    }

    public Set<Integer> trusted() {
        return trusted;
    }

    @Override
    public String toString() {
        return keys.size() + " keys, " + trusted.size() + " trusted";
    }
}
