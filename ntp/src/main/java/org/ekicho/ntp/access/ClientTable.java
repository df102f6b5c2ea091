package org.ekicho.ntp.access;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ekicho.ntp.NtpReason;
import org.ekicho.wire.Endpoint;
import org.ekicho.wire.IpAddress;

/// What is known of each address that sent us packets, newest first: a hash table of fixed size whose rows also hang
/// in a list by age. When it is full the address that has been silent longest makes room. Belongs to one thread;
/// allocates nothing after it was made.
public final class ClientTable {
    /// Addresses remembered: three times a LAN of 5,000 machines, in 2 MiB. A flood of forged addresses can push real
    /// ones out, which costs these their place in the list and nothing else.
    public static final int CAPACITY = 16_384;

    /// The row that stands for "not kept".
    public static final int NONE = -1;

    private static final NtpReason[] REASONS = NtpReason.values();

    // The words of a row.
    private static final int HIGH = 0;
    private static final int LOW = 1;
    private static final int FIRST = 2;
    private static final int LAST = 3;
    private static final int COUNT = 4;
    private static final int ANSWERED = 5;
    /// Port, mode, version and result: 16, 8, 8 and 32 bits from the low end.
    private static final int LAST_PACKET = 6;
    /// Restrict flags below, key id above, 32 bits each.
    private static final int FLAGS_AND_KEY = 7;
    /// Monotonic time of the last request, and how full its bucket is: see [RateLimiter].
    private static final int ASKED = 8;

    private static final int FILL = 9;
    private static final int ROW = 10;

    private final int capacity;
    private final long salt;
    private final long[] rows;
    /// First row of each bucket, and for each row the next in its bucket.
    private final int[] buckets;

    private final int[] nextInBucket;
    /// The list by age.
    private final int[] newer;

    private final int[] older;
    private int newest = NONE;
    private int oldest = NONE;
    private int size;

    /// @param salt random, so that nobody can choose addresses that fall into one bucket
    public ClientTable(long salt) {
        this(CAPACITY, salt);
    }

    /// @param capacity a power of two
    ClientTable(int capacity, long salt) {
        this.capacity = capacity;
        this.salt = salt;
        rows = new long[capacity * ROW];
        buckets = new int[capacity];
        Arrays.fill(buckets, NONE);
        nextInBucket = new int[capacity];
        newer = new int[capacity];
        older = new int[capacity];
    }

    public int size() {
        return size;
    }

    /// Counts a packet of this address and makes it the newest.
    ///
    /// @return its row, good until the next call
    public int touch(long high, long low, long clockNanos) {
        int row = find(high, low);
        if (row == NONE) {
            row = add(high, low, clockNanos);
        } else if (row != newest) {
            unlink(row);
            linkNewest(row);
        }
        rows[row * ROW + LAST] = clockNanos;
        rows[row * ROW + COUNT]++;
        return row;
    }

    private int find(long high, long low) {
        int row = buckets[bucket(high, low)];
        while (row != NONE && (rows[row * ROW + LOW] != low || rows[row * ROW + HIGH] != high)) {
            row = nextInBucket[row];
        }
        return row;
    }

    private int bucket(long high, long low) {
        long mixed = (high ^ salt) * 0x9e3779b97f4a7c15L;
        mixed = (mixed ^ mixed >>> 32 ^ low ^ Long.rotateLeft(salt, 29)) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ mixed >>> 29) * 0x94d049bb133111ebL;
        return (int) (mixed >>> 32) & capacity - 1;
    }

    private int add(long high, long low, long clockNanos) {
        int row = size < capacity ? size++ : evict();
        int bucket = bucket(high, low);
        nextInBucket[row] = buckets[bucket];
        buckets[bucket] = row;
        int at = row * ROW;
        Arrays.fill(rows, at, at + ROW, 0);
        rows[at + HIGH] = high;
        rows[at + LOW] = low;
        rows[at + FIRST] = clockNanos;
        rows[at + ASKED] = Long.MIN_VALUE;
        linkNewest(row);
        return row;
    }

    private int evict() {
        int row = oldest;
        unlink(row);
        int bucket = bucket(rows[row * ROW + HIGH], rows[row * ROW + LOW]);
        if (buckets[bucket] == row) {
            buckets[bucket] = nextInBucket[row];
        } else {
            int before = buckets[bucket];
            while (nextInBucket[before] != row) {
                before = nextInBucket[before];
            }
            nextInBucket[before] = nextInBucket[row];
        }
        return row;
    }

    private void linkNewest(int row) {
        newer[row] = NONE;
        older[row] = newest;
        if (newest != NONE) {
            newer[newest] = row;
        } else {
            oldest = row;
        }
        newest = row;
    }

    private void unlink(int row) {
        int after = newer[row];
        int before = older[row];
        if (after != NONE) {
            older[after] = before;
        } else {
            newest = before;
        }
        if (before != NONE) {
            newer[before] = after;
        } else {
            oldest = after;
        }
    }

    /// Notes what the packet was and what became of it.
    ///
    /// @param firstByte leap, version and mode of the packet
    /// @param keyId     key id of its MAC; 0: it had none, and the last one seen stays
    public void note(int row, int port, int firstByte, int restrictFlags, int keyId, NtpReason result) {
        int at = row * ROW;
        long mode = firstByte & 7;
        long version = firstByte >> 3 & 7;
        rows[at + LAST_PACKET] = port | mode << 16 | version << 24 | (long) result.ordinal() << 32;
        long key = keyId == 0 ? rows[at + FLAGS_AND_KEY] >>> 32 : keyId & 0xffff_ffffL;
        rows[at + FLAGS_AND_KEY] = key << 32 | (restrictFlags & 0xffff_ffffL);
    }

    /// Counts an answer.
    public void answered(int row) {
        rows[row * ROW + ANSWERED]++;
    }

    /// Monotonic time of the last request; `Long.MIN_VALUE` before the first.
    long askedNanos(int row) {
        return rows[row * ROW + ASKED];
    }

    /// How full the bucket was then, in nanoseconds.
    long fillNanos(int row) {
        return rows[row * ROW + FILL];
    }

    void asked(int row, long monotonicNanos, long fillNanos) {
        rows[row * ROW + ASKED] = monotonicNanos;
        rows[row * ROW + FILL] = fillNanos;
    }

    /// The newest clients first, `limit` at most.
    public List<ClientEntry> clients(int limit) {
        List<ClientEntry> entries = new ArrayList<>(Math.clamp(limit, 0, size));
        for (int row = newest; row != NONE && entries.size() < limit; row = older[row]) {
            entries.add(entry(row));
        }
        return entries;
    }

    private ClientEntry entry(int row) {
        int at = row * ROW;
        long last = rows[at + LAST_PACKET];
        long flagsAndKey = rows[at + FLAGS_AND_KEY];
        return new ClientEntry(
                new Endpoint(new IpAddress(rows[at + HIGH], rows[at + LOW]), (int) last & 0xffff),
                rows[at + FIRST],
                rows[at + LAST],
                rows[at + COUNT],
                rows[at + ANSWERED],
                (int) (last >>> 16) & 7,
                (int) (last >>> 24) & 7,
                (int) flagsAndKey,
                (int) (flagsAndKey >>> 32),
                REASONS[(int) (last >>> 32)]);
    }
}
