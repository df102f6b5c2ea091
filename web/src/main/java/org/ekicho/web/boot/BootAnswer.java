package org.ekicho.web.boot;

import java.nio.file.Path;

/// What is answered.
public sealed interface BootAnswer {
    /// A file, or a part of it.
    ///
    /// @param file regular and readable
    /// @param type media type
    record File(Path file, String type) implements BootAnswer {}

    /// Some text.
    ///
    /// @param status 200, 403, 404, 410, …
    /// @param type   media type
    record Text(int status, String type, String body) implements BootAnswer {}

    /// Plain text.
    static BootAnswer text(int status, String text) {
        return new Text(status, "text/plain; charset=utf-8", text);
    }
}
