package org.ekicho.web.server;

import java.nio.file.Path;
import java.util.Optional;
import org.ekicho.mirror.settings.ServeSettings;

/// What a web server follows.
///
/// @param folder the mirror's folder
/// @param serve  where it listens, and its certificate
/// @param url    how clients reach it, without a slash at the end; empty: as they asked
public record WebSettings(Path folder, ServeSettings serve, Optional<String> url) {}
