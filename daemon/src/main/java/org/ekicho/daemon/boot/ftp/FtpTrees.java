package org.ekicho.daemon.boot.ftp;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// What there is to fetch.
public interface FtpTrees {
    /// Names of trees.
    List<String> names() throws IOException;

    /// A file or folder by `NAME` or `NAME/PATH`; empty when it is not there or is nobody's to see.
    Optional<Path> find(String path) throws IOException;
}
