package org.ekicho.daemon.mirror.folder;

import java.io.IOException;

/// The right to change one repository; closed when done.
public interface RepoLock extends AutoCloseable {
    @Override
    void close() throws IOException;
}
