package org.ekicho.daemon;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// Where the daemon keeps what must outlive it.
public final class StateFolder {
    /// Of a daemon that was started by the system.
    public static final Path SYSTEM = Path.of("/var/lib/ekicho");

    private StateFolder() {}

    /// The system's folder when it may be written or made, else one of the user.
    public static Path choose(Map<String, String> environment) {
        Path parent = Path.of("/var/lib");
        if (Files.isWritable(Files.isDirectory(SYSTEM) ? SYSTEM : parent)) {
            return SYSTEM;
        }
        String home = environment.get("XDG_STATE_HOME");
        return home == null || home.isEmpty()
                ? Path.of(System.getProperty("user.home", "/"), ".local", "state", "ekicho")
                : Path.of(home, "ekicho");
    }
}
