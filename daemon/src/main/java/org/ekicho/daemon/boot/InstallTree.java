package org.ekicho.daemon.boot;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.ekicho.netboot.answer.AnswerLanguage;

/// An imported tree.
///
/// @param name     what profiles call it
/// @param title    for people: `Debian 12 amd64`
/// @param language how its installer is answered
/// @param era      which words its kernel understands
/// @param files    the folder of its files
/// @param kernel   below it
/// @param initrds  below it, in their order
/// @param stage2   the installer's own image below it; empty when it has none
public record InstallTree(
        String name,
        String title,
        AnswerLanguage language,
        String era,
        Path files,
        String kernel,
        List<String> initrds,
        Optional<String> stage2) {
    public InstallTree {
        initrds = List.copyOf(initrds);
    }
}
