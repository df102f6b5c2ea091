package org.ekicho.web.server;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Opening and closing what is sent.
final class OpenFile {
    private static final Logger LOG = LoggerFactory.getLogger(OpenFile.class);
    private static final Set<java.nio.file.OpenOption> READ =
            Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);

    private OpenFile() {}

    /// Opens a real path; a link put there meanwhile is not followed.
    static FileChannel open(Path real) throws IOException {
        return FileChannel.open(real, READ);
    }

    static void close(FileChannel file) {
        try {
            file.close();
        } catch (IOException e) {
            LOG.debug("closing a file that was only read", e);
        }
    }
}
