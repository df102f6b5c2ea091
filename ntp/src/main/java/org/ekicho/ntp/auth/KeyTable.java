package org.ekicho.ntp.auth;

import org.ekicho.wire.IpPrefix;
import org.jspecify.annotations.Nullable;

/// The keys of a ring with their MAC engines, found by id without allocation: open addressing, at most half full.
final class KeyTable {
    /// One key, ready to work.
    static final class Entry {
        final SymmetricKey key;
        final boolean trusted;
        final PacketMac mac;
        private final IpPrefix[] servers;

        private Entry(SymmetricKey key, boolean trusted, PacketMac mac) {
            this.key = key;
            this.trusted = trusted;
            this.mac = mac;
            this.servers = key.servers().toArray(IpPrefix[]::new);
        }

        /// As [SymmetricKey#serves], on raw address bits.
        boolean serves(long high, long low) {
            if (servers.length == 0) {
                return true;
            }
            for (IpPrefix prefix : servers) {
                if (prefix.contains(high, low)) {
                    return true;
                }
            }
            return false;
        }
    }

    private final @Nullable Entry[] entries;
    private final int mask;

    KeyTable(KeyRing ring) {
        int size = Integer.highestOneBit(Math.max(1, ring.keys().size())) << 2;
        entries = new Entry[size];
        mask = size - 1;
        Digests digests = new Digests();
        for (SymmetricKey key : ring.keys()) {
            int slot = slot(key.id());
            while (entries[slot] != null) {
                slot = (slot + 1) & mask;
            }
            entries[slot] = new Entry(key, ring.isTrusted(key.id()), PacketMac.of(key, digests));
        }
    }

    /// The key of this id, or null.
    @Nullable
    Entry find(int id) {
        for (int slot = slot(id); ; slot = (slot + 1) & mask) {
            Entry entry = entries[slot];
            if (entry == null || entry.key.id() == id) {
                return entry;
            }
        }
    }

    private int slot(int id) {
        return ((id * 0x9e3779b9) >>> 7) & mask;
    }
}
