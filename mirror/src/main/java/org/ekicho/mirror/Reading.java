package org.ekicho.mirror;

/// What came of reading an input of somebody else: a value, or a refusal.
public sealed interface Reading<T> {
    /// The input was good.
    record Done<T>(T value) implements Reading<T> {}

    /// The input was refused as a whole.
    record Refused<T>(Refusal refusal) implements Reading<T> {}

    /// The value, for whoever reports the refusal elsewhere.
    default T orThrow() throws RefusedException {
        return switch (this) {
            case Done<T>(T value) -> value;
            case Refused<T>(Refusal refusal) -> throw new RefusedException(refusal);
        };
    }
}
