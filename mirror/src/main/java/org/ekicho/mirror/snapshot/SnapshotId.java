package org.ekicho.mirror.snapshot;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// The name of a snapshot: when it was made (UTC), and the first digits of its `repomd.xml`'s SHA-256, such as
/// `20261127T101500Z-3f2a9c01`. Sorts by time. The same wherever the snapshot is carried.
public record SnapshotId(String text) implements Comparable<SnapshotId> {
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    /// Digits of the checksum: enough that two snapshots of one second differ.
    private static final int DIGITS = 8;

    public SnapshotId {
        if (!isValid(text)) {
            throw new IllegalArgumentException("no id of a snapshot: \"" + text + "\"");
        }
    }

    public static boolean isValid(String text) {
        return text.matches("[0-9]{8}T[0-9]{6}Z-[0-9a-f]{8}");
    }

    /// @param sha256 of its repomd.xml, in hexadecimal digits
    public static SnapshotId of(Instant madeAt, String sha256) {
        return new SnapshotId(STAMP.format(madeAt) + "-" + sha256.substring(0, DIGITS));
    }

    /// When it was made, to the second.
    public Instant madeAt() {
        return STAMP.parse(text.substring(0, 16), Instant::from);
    }

    @Override
    public int compareTo(SnapshotId other) {
        return text.compareTo(other.text);
    }

    @Override
    public String toString() {
        return text;
    }
}
