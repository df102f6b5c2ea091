package org.ekicho.wire;

/// One reading of both clocks, handed to cores so that they never ask the time themselves.
///
/// @param clockNanos     the clock that is served (host clock or a pretend one): nanoseconds since 1970-01-01 UTC; may
/// jump
/// @param monotonicNanos a clock that only goes forward, for timers: nanoseconds since an arbitrary start. As
/// CLOCK_MONOTONIC it takes part in every change of the host clock's frequency and in no step
public record Moment(long clockNanos, long monotonicNanos) {}
