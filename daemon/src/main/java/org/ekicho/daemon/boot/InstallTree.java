package org.ekicho.daemon.boot;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.ekicho.netboot.answer.AnswerLanguage;
import org.ekicho.netboot.iso.TreeKind;
import org.ekicho.netboot.media.install.InstallerEra;

/// An imported tree.
///
/// @param name  what profiles call it
/// @param kind  what it is, where its kernel lies, how its installer is told
/// @param files the folder of its files
public record InstallTree(String name, TreeKind kind, Path files) {
    /// For people: `Debian GNU/Linux 12 amd64`.
    public String title() {
        return kind.words();
    }

    public AnswerLanguage language() {
        return kind.answers();
    }

    /// Whether a Debian mirror lies in it too, so that the installer needs no other.
    public boolean isMirror() {
        return Files.isDirectory(files.resolve("dists")) && Files.isDirectory(files.resolve("pool"));
    }

    /// Where the installer is sent for packages, given the tree's URL; empty for Debian's, which then asks or has its
    /// answer file say it.
    public Optional<URI> source(String url) {
        boolean elsewhere = kind.era() == InstallerEra.DEBIAN && !isMirror();
        return elsewhere ? Optional.empty() : Optional.of(URI.create(url));
    }
}
