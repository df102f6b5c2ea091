package org.ekicho.daemon.boot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Gives imported trees by their names.
@FunctionalInterface
public interface TreeFinder {
    /// @return empty when there is none of this name
    /// @throws IOException when what is there cannot be read
    Optional<InstallTree> tree(String name) throws IOException;

    /// A file or folder of a tree by `NAME/PATH`; empty when it is not there, or a link leads out of the tree.
    default Optional<Path> find(String path) throws IOException {
        int slash = path.indexOf('/');
        Optional<InstallTree> tree = tree(slash < 0 ? path : path.substring(0, slash));
        if (tree.isEmpty()) return Optional.empty();
        Path files = tree.get().files();
        Path found =
                slash < 0 ? files : files.resolve(path.substring(slash + 1)).normalize();
        boolean inside = Files.exists(found) && found.toRealPath().startsWith(files.toRealPath());
        return inside ? Optional.of(found) : Optional.empty();
    }
}
