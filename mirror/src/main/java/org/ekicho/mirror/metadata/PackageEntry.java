package org.ekicho.mirror.metadata;

import java.util.Optional;
import org.ekicho.mirror.hash.Checksum;
import org.ekicho.mirror.location.CheckedPath;
import org.ekicho.mirror.rpm.Evr;
import org.ekicho.mirror.rpm.RpmPackage;

/// What primary.xml says of a package as far as fetching it needs: what it is, where it lies, how it is checked.
///
/// @param ordinal   its place among the `<package>` elements, from 0, rejected ones counted; the same in the same file
///                  at every reading
/// @param arch      `src` for a source package
/// @param pkgid     digest of the whole file
/// @param path      where it lies, checked
/// @param base      an address that the path is relative to, instead of the repository's (`xml:base`)
/// @param sourceRpm file name of the source package it was built from; empty for a source package
public record PackageEntry(
        int ordinal,
        String name,
        Evr evr,
        String arch,
        Checksum pkgid,
        CheckedPath path,
        Optional<String> base,
        RpmPackage.Sizes sizes,
        RpmPackage.Times times,
        String sourceRpm,
        RpmPackage.HeaderRange header) {

    /// `name-epoch:version-release.arch`, without an epoch of 0.
    public String nevra() {
        return name + "-" + evr + "." + arch;
    }

    /// `name-0:version-release.arch`, always with an epoch, as modules.yaml writes it.
    public String nevraWithEpoch() {
        String epoch = evr.epoch().isEmpty() ? "0" : evr.epoch();
        return name + "-" + epoch + ":" + evr.version() + "-" + evr.release() + "." + arch;
    }
}
