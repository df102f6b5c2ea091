package org.ekicho.ntp.settings;

/// `tinker` and the limits of steering.
///
/// @param stepThreshold     offset in seconds from which the clock is stepped instead of slewed, where a step is
///                          allowed; 0: never step. Classic 0.128
/// @param stepOnlyAtStart   steps are allowed before the clock was first synchronised only
/// @param stepOut           seconds for which an offset above the threshold must last before a later step. Classic 300
/// @param panicThreshold    offset in seconds from which the clock is left alone and the matter reported; 0: no limit.
///                          Classic 1000
/// @param panicOnceAllowed  `-g`: the first correction may be of any size
/// @param maxSlewPpm        fastest slew, parts per million
public record DisciplineSettings(
        double stepThreshold,
        boolean stepOnlyAtStart,
        double stepOut,
        double panicThreshold,
        boolean panicOnceAllowed,
        double maxSlewPpm) {
    /// The fastest slew unless told otherwise: 5 ms in a second. Should we die in the middle of a slew, the clock is
    /// wrong by less than a broken oscillator would make it; 0.1 s is gone in 20 s.
    public static final double DEFAULT_MAX_SLEW_PPM = 5_000;

    public static final DisciplineSettings DEFAULT =
            new DisciplineSettings(0.128, false, 300, 1000, false, DEFAULT_MAX_SLEW_PPM);
}
