package org.ekicho.mirror.bundle;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Spreads objects over volumes, in the order given. An object that fits into a volume is never cut: it begins the next
/// one when the current has no room. One that does not fit is cut.
public final class VolumePlanner {
    /// The largest file that FAT32 holds.
    public static final long FAT32_BYTES = (4L << 30) - 1;
    /// Smaller ones would be mostly headers.
    public static final long MIN_BYTES = 4_096;

    private final long limit;
    private final List<List<Part>> volumes = new ArrayList<>();
    private List<Part> current = new ArrayList<>();
    private long room;

    private VolumePlanner(long limit) {
        this.limit = limit;
        room = limit - VolumeCodec.HEADER_BYTES;
    }

    /// @param objects SHA-256 in hexadecimal digits and size in bytes
    /// @param limit   bytes that a volume has at most
    public static List<List<Part>> plan(Map<String, Long> objects, long limit) {
        if (limit < MIN_BYTES) {
            throw new IllegalArgumentException("a volume has " + MIN_BYTES + " bytes or more, not " + limit);
        }
        VolumePlanner planner = new VolumePlanner(limit);
        objects.forEach(planner::place);
        planner.closeVolume();
        return planner.volumes;
    }

    /// Bytes of a volume with these parts.
    public static long bytes(List<Part> parts) {
        return VolumeCodec.HEADER_BYTES
                + parts.stream()
                        .mapToLong(part -> VolumeCodec.PART_BYTES + part.length())
                        .sum();
    }

    private void place(String sha256, long size) {
        long largest = limit - VolumeCodec.HEADER_BYTES - VolumeCodec.PART_BYTES;
        if (size <= largest) {
            if (size + VolumeCodec.PART_BYTES > room) {
                closeVolume();
            }
            add(new Part(sha256, size, 0, size));
            return;
        }
        for (long offset = 0; offset < size; ) {
            if (room <= VolumeCodec.PART_BYTES) {
                closeVolume();
            }
            long length = Math.min(size - offset, room - VolumeCodec.PART_BYTES);
            add(new Part(sha256, size, offset, length));
            offset += length;
        }
    }

    private void add(Part part) {
        current.add(part);
        room -= VolumeCodec.PART_BYTES + part.length();
    }

    private void closeVolume() {
        if (!current.isEmpty()) {
            volumes.add(List.copyOf(current));
            current = new ArrayList<>();
        }
        room = limit - VolumeCodec.HEADER_BYTES;
    }
}
