package org.ekicho.ntp.estimate;

/// Our own clock was changed; samples taken before are to be read as if it had always run as it does now.
///
/// Monotonic time is CLOCK_MONOTONIC: it takes part in every change of frequency, in no step.
///
/// @param monotonicNanos when
/// @param offsetSeconds  it was moved forward by this
/// @param frequencyPpm   and runs faster by this than just before
public record ClockChange(long monotonicNanos, double offsetSeconds, double frequencyPpm) {}
