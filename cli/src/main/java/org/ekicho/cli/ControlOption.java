package org.ekicho.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.ekicho.daemon.control.ControlClient;
import org.ekicho.daemon.control.ControlRequest;
import org.ekicho.daemon.control.ControlSocket;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// `--control PATH`: which running daemon is meant.
final class ControlOption {
    @Option(
            names = "--control",
            paramLabel = "PATH",
            description = "Control socket of the daemon (default: /run/ekicho/control.sock, or one of your own).")
    private @Nullable Path path;

    /// @param said what the settings say
    Path toListen(Optional<Path> said) {
        return ControlSocket.toListen(Optional.ofNullable(path).or(() -> said), System.getenv());
    }

    private ControlClient client() {
        return new ControlClient(ControlSocket.toAsk(Optional.ofNullable(path), System.getenv()));
    }

    <T> T ask(ControlRequest request, Class<T> kind) throws IOException {
        return client().ask(request, kind);
    }
}
