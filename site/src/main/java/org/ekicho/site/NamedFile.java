package org.ekicho.site;

import java.nio.charset.StandardCharsets;

/// A file that another file named, as the shell found it.
public sealed interface NamedFile {
    /// Files of configuration are small; the shell reads no more than this of one and calls a longer one unreadable.
    int MAX_BYTES = 1 << 20;

    /// It could be read.
    ///
    /// @param text one character per byte (ISO 8859-1), so that key material in it is exact
    /// @param mode permission bits such as 0640, [#UNKNOWN_MODE] when there are none
    record Found(String text, int mode) implements NamedFile {
        /// The same bytes as UTF-8, which TOML is written in.
        public String utf8() {
            return new String(text.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
        }

        @Override
        public String toString() {
            return "file of " + text.length() + " bytes, mode 0" + Integer.toOctalString(mode);
        }
    }

    /// It could not be read.
    ///
    /// @param reason the end of a sentence: `no such file`, `permission denied`
    record Unreadable(String reason) implements NamedFile {}

    /// The file system has no permission bits, or the text came from elsewhere.
    int UNKNOWN_MODE = 0;
}
