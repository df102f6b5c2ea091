package org.ekicho.mirror.rpmbuild;

import java.util.Optional;

/// Flags of dependencies, as packages hold them.
public final class RpmSense {
    public static final int LESS = 1 << 1;
    public static final int GREATER = 1 << 2;
    public static final int EQUAL = 1 << 3;
    public static final int POSTTRANS = 1 << 5;
    public static final int PREREQ = 1 << 6;
    public static final int PRETRANS = 1 << 7;
    public static final int SCRIPT_PRE = 1 << 9;
    public static final int SCRIPT_POST = 1 << 10;
    public static final int MISSINGOK = 1 << 19;
    public static final int RPMLIB = 1 << 24;

    private RpmSense() {}

    /// The flags of `=`, `<`, `<=`, `>`, `>=`; empty for anything else.
    static Optional<Integer> of(String operator) {
        return switch (operator) {
            case "=" -> Optional.of(EQUAL);
            case "<" -> Optional.of(LESS);
            case "<=" -> Optional.of(LESS | EQUAL);
            case ">" -> Optional.of(GREATER);
            case ">=" -> Optional.of(GREATER | EQUAL);
            default -> Optional.empty();
        };
    }
}
