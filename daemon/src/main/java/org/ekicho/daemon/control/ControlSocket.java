package org.ekicho.daemon.control;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Where the control socket is.
public final class ControlSocket {
    /// Of a daemon that was started by the system.
    public static final Path SYSTEM = Path.of("/run/ekicho/control.sock");

    private ControlSocket() {}

    /// The path at which a daemon listens: the system's when its folder may be written, else one of the user.
    public static Path toListen(Optional<Path> asked, Map<String, String> environment) {
        return asked.orElseGet(() -> candidates(environment).stream()
                .filter(path -> isWritable(path))
                .findFirst()
                .orElse(SYSTEM));
    }

    /// The path at which a daemon is asked: the first that exists.
    public static Path toAsk(Optional<Path> asked, Map<String, String> environment) {
        return asked.orElseGet(() -> candidates(environment).stream()
                .filter(Files::exists)
                .findFirst()
                .orElse(SYSTEM));
    }

    private static List<Path> candidates(Map<String, String> environment) {
        List<Path> paths = new ArrayList<>();
        paths.add(SYSTEM);
        String runtime = environment.get("XDG_RUNTIME_DIR");
        if (runtime != null && !runtime.isEmpty()) {
            paths.add(Path.of(runtime, "ekicho", "control.sock"));
        }
        paths.add(Path.of(System.getProperty("user.home", "/"), ".ekicho", "control.sock"));
        return paths;
    }

    /// True when the socket's folder may be written, or the one that it would be made in.
    private static boolean isWritable(Path socket) {
        Path folder = socket.resolveSibling(".");
        return Files.isDirectory(folder)
                ? Files.isWritable(folder)
                : Files.isWritable(socket.resolveSibling("..").normalize());
    }
}
