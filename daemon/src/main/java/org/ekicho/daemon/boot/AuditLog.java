package org.ekicho.daemon.boot;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Who armed what, which secret was given to whom, and who was refused: one line each, only ever appended to.
public final class AuditLog {
    private static final Logger LOG = LoggerFactory.getLogger(AuditLog.class);

    private final Path file;

    public AuditLog(BootFolder folder) {
        this.file = folder.audit();
    }

    /// Appends a line. What came from a packet loses its control characters. That the line could not be written is
    /// said in the log, with the line itself.
    public synchronized void tell(Instant now, String what) {
        String line = now.truncatedTo(ChronoUnit.SECONDS) + " " + what.replaceAll("\\p{Cntrl}", "?") + "\n";
        try {
            Files.writeString(file, line, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            LOG.error("cannot write {} ({}): {}", file, e.getMessage(), line.strip());
        }
    }
}
