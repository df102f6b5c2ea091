package org.ekicho.web.files;

import java.io.IOException;
import java.nio.file.Path;
import org.ekicho.web.WebReason;

/// What is at a path.
public sealed interface Found {
    /// A file, with the headers that it is sent with.
    ///
    /// @param content      its bytes and validator
    /// @param type         media type
    /// @param lastModified as in its header; empty: none is sent, as it changed too recently for a date to tell
    /// @param caching      how long others may keep it
    /// @param lengthText   its size as text
    record File(Content content, String type, String lastModified, Caching caching, String lengthText)
            implements Found {}

    /// A folder.
    ///
    /// @param real where it is
    record Folder(Path real) implements Found {}

    /// Nothing that is served.
    record Missing(WebReason reason) implements Found {}

    /// What the system does not let us read: whether there is anything is not known.
    record Unreadable(IOException why) implements Found {}
}
