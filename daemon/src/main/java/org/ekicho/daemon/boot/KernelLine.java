package org.ekicho.daemon.boot;

import java.util.Optional;

/// Writes the command line of an installer's kernel, in the words of its era.
@FunctionalInterface
public interface KernelLine {
    /// @param tree   what is installed
    /// @param source URL of the tree
    /// @param answer URL of the answer file; empty: the installer asks
    String words(InstallTree tree, String source, Optional<String> answer);
}
