package org.ekicho.daemon.mirror.index;

/// The hashes of the packages that were seen, in 8 to 32 bytes for each: whoever is in twice has a twin.
final class NevraSet {
    private long[] table = new long[1024];
    private int size;

    /// Whether it was not in yet.
    boolean add(long hash) {
        long value = hash == 0 ? 1 : hash;
        if (size > table.length / 2) {
            long[] smaller = table;
            table = new long[smaller.length * 2];
            for (long old : smaller) {
                if (old != 0) {
                    table[slot(old)] = old;
                }
            }
        }
        int slot = slot(value);
        if (table[slot] == value) {
            return false;
        }
        table[slot] = value;
        size++;
        return true;
    }

    /// Where it is, or where it belongs.
    private int slot(long value) {
        int slot = (int) (value >>> 7) & (table.length - 1);
        while (table[slot] != 0 && table[slot] != value) {
            slot = (slot + 1) & (table.length - 1);
        }
        return slot;
    }
}
