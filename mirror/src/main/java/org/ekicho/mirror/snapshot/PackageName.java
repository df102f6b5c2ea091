package org.ekicho.mirror.snapshot;

import java.util.Optional;

/// Name, version, release and architecture of a package, from the name of its file: `bash-5.2.15-3.el9.x86_64.rpm`.
/// The file name has no epoch.
///
/// @param arch `src` for source packages
public record PackageName(String name, String version, String release, String arch) {
    private static final String SUFFIX = ".rpm";

    /// From a path; empty when it is not named as packages are.
    public static Optional<PackageName> ofPath(String path) {
        String file = path.substring(path.lastIndexOf('/') + 1);
        if (!file.endsWith(SUFFIX)) {
            return Optional.empty();
        }
        String nevra = file.substring(0, file.length() - SUFFIX.length());
        int arch = nevra.lastIndexOf('.');
        int release = arch < 0 ? -1 : nevra.lastIndexOf('-', arch);
        int version = release < 0 ? -1 : nevra.lastIndexOf('-', release - 1);
        return version <= 0
                ? Optional.empty()
                : Optional.of(new PackageName(
                        nevra.substring(0, version),
                        nevra.substring(version + 1, release),
                        nevra.substring(release + 1, arch),
                        nevra.substring(arch + 1)));
    }

    /// `5.2.15-3.el9`.
    public String versionRelease() {
        return version + "-" + release;
    }

    @Override
    public String toString() {
        return name + "-" + versionRelease() + "." + arch;
    }
}
