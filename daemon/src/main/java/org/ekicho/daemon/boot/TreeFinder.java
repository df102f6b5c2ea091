package org.ekicho.daemon.boot;

import java.io.IOException;
import java.util.Optional;

/// Gives imported trees by their names.
@FunctionalInterface
public interface TreeFinder {
    /// @return empty when there is none of this name
    /// @throws IOException when what is there cannot be read
    Optional<InstallTree> tree(String name) throws IOException;
}
