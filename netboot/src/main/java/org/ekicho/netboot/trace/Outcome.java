package org.ekicho.netboot.trace;

/// What became of an attempt as a whole, whatever went wrong on the way.
public enum Outcome {
    /// The machine runs what it was to run.
    BOOTED,
    /// It was sent on to its own disk, or deliberately not answered.
    LEFT_ALONE,
    /// It is still under way, as far as anyone can tell.
    GOING_ON,
    /// It came no further.
    FAILED
}
