package org.ekicho.daemon.boot;

import java.nio.file.Path;
import org.ekicho.netboot.answer.AnswerLanguage;
import org.ekicho.netboot.iso.TreeKind;

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
}
