package org.ekicho.mirror.bundle;

import java.util.List;
import java.util.Locale;

/// What the manifest says of one volume.
///
/// @param number counted from 1
/// @param size   bytes of the file
/// @param sha256 of the file
/// @param parts  in order
public record VolumeSpec(int number, long size, String sha256, List<Part> parts) {
    /// More than any set of sticks; the number in file names has four digits.
    public static final int MAX_VOLUMES = 9_999;

    public VolumeSpec {
        parts = List.copyOf(parts);
    }

    /// `volume-0001.ekv`.
    public String fileName() {
        return fileName(number);
    }

    public static String fileName(int number) {
        return String.format(Locale.ROOT, "volume-%04d.ekv", number);
    }
}
