package org.ekicho.cli;

/// What the command's exit code says.
final class Exit {
    /// It is good.
    static final int GOOD = 0;
    /// It was checked, and it is not good.
    static final int NOT_GOOD = 1;
    /// It could not be found out.
    static final int UNKNOWN = 2;
    /// The command was used wrongly.
    static final int USAGE = 3;

    private Exit() {}
}
