package org.ekicho.mirror.rpm;

import java.util.List;
import java.util.Map;
import org.ekicho.mirror.hash.Checksum;

/// What repository metadata says of one package. Texts that a package lacks are empty.
///
/// @param name         tag 1000
/// @param evr          tags 1003, 1001, 1002
/// @param arch         `src` for a source package
/// @param pkgid        digest of the whole file
/// @param texts        descriptive texts
/// @param times        when it was built, when the file was written
/// @param sizes        bytes of the package, installed, and of its archive
/// @param location     path relative to the repository
/// @param header       where the main header lies in the file
/// @param dependencies by kind; a kind without any is absent
/// @param files        all that it owns; from primary.xml only, the primary ones
/// @param changelogs   as the metadata has them, oldest first; empty when other.xml was not read
public record RpmPackage(
        String name,
        Evr evr,
        String arch,
        Checksum pkgid,
        Texts texts,
        Times times,
        Sizes sizes,
        String location,
        HeaderRange header,
        Map<Dependency.Kind, List<Dependency>> dependencies,
        List<PackageFile> files,
        List<Changelog> changelogs) {
    public RpmPackage {
        dependencies = Map.copyOf(dependencies);
        files = List.copyOf(files);
        changelogs = List.copyOf(changelogs);
    }

    /// Descriptive texts.
    public record Texts(
            String summary,
            String description,
            String packager,
            String url,
            String license,
            String vendor,
            String group,
            String buildHost,
            String sourceRpm) {}

    /// Seconds since 1970.
    ///
    /// @param file  modification time of the package file
    /// @param build when it was built
    public record Times(long file, long build) {}

    /// Bytes.
    public record Sizes(long packageFile, long installed, long archive) {}

    /// Byte positions in the package file: first of the main header, first after it.
    public record HeaderRange(long start, long end) {}

    /// The dependencies of a kind, in order.
    public List<Dependency> of(Dependency.Kind kind) {
        return dependencies.getOrDefault(kind, List.of());
    }

    /// `name-epoch:version-release.arch`, without an epoch of 0.
    public String nevra() {
        return name + "-" + evr + "." + arch;
    }
}
