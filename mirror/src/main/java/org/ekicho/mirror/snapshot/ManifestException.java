package org.ekicho.mirror.snapshot;

import java.io.IOException;
import java.io.Serial;

/// A manifest of a snapshot or a state of a channel that breaks its format; says where.
public final class ManifestException extends IOException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final int line;
    private final int column;

    ManifestException(int line, int column, String what) {
        super("line " + line + ", column " + column + ": " + what);
        this.line = line;
        this.column = column;
    }

    /// From 1.
    public int line() {
        return line;
    }

    /// From 1.
    public int column() {
        return column;
    }
}
