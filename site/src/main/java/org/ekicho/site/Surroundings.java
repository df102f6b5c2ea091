package org.ekicho.site;

import java.util.List;
import org.ekicho.wire.IpAddress;

/// What a file may refer to and only a shell can fetch: other files and host names.
public interface Surroundings {
    /// The file of this path as one file names another; a relative path is taken from the folder of the first file.
    NamedFile file(String path);

    /// That file's path as a person would type it here, for messages.
    default String place(String path) {
        return path;
    }

    /// The files that a pattern names, sorted: `*` and `?` stand for characters of the last part of its path. A path
    /// without either is itself, whether there is such a file or not.
    default List<String> files(String pattern) {
        return isPattern(pattern) ? List.of() : List.of(pattern);
    }

    /// Whether a path is a pattern.
    static boolean isPattern(String path) {
        return path.contains("*") || path.contains("?");
    }

    /// The addresses of a host name; empty when it has none or cannot be resolved now.
    List<IpAddress> addresses(String name);

    /// No file and no name can be reached: for tests, and for text that came from nowhere.
    Surroundings NONE = new Surroundings() {
        @Override
        public NamedFile file(String path) {
            return new NamedFile.Unreadable("no such file");
        }

        @Override
        public List<IpAddress> addresses(String name) {
            return List.of();
        }
    };
}
