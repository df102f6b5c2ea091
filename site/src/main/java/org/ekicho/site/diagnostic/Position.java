package org.ekicho.site.diagnostic;

import java.util.Comparator;

/// A place in a file.
///
/// @param source the file's name as the operator wrote it
/// @param line   1 and up; 0: the file as a whole
/// @param column 1 and up, in characters; 0: the line as a whole
public record Position(String source, int line, int column) implements Comparable<Position> {
    private static final Comparator<Position> ORDER = Comparator.comparing(Position::source)
            .thenComparingInt(Position::line)
            .thenComparingInt(Position::column);

    public Position {
        if (line < 0 || column < 0) {
            throw new IllegalArgumentException("lines and columns count from 1: " + line + ":" + column);
        }
    }

    /// The file as a whole, for what is missing from it.
    public static Position ofFile(String source) {
        return new Position(source, 0, 0);
    }

    @Override
    public int compareTo(Position other) {
        return ORDER.compare(this, other);
    }

    /// `ekicho.toml:41:9`, less what is 0.
    @Override
    public String toString() {
        return source + (line == 0 ? "" : ":" + line + (column == 0 ? "" : ":" + column));
    }
}
