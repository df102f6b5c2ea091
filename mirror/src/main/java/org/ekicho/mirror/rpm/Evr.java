package org.ekicho.mirror.rpm;

/// Epoch, version and release of a package, as strings. How rpm compares them is an ordering of its own, in which
/// `1.0` and `1.00` are the same.
///
/// @param epoch   decimal digits, `0` when a package has none
/// @param version never empty for a package
/// @param release never empty for a package
public record Evr(String epoch, String version, String release) {
    /// As rpm prints it: `1:2.0-3`, without an epoch of 0.
    @Override
    public String toString() {
        return (epoch.equals("0") || epoch.isEmpty() ? "" : epoch + ":")
                + version
                + (release.isEmpty() ? "" : "-" + release);
    }
}
