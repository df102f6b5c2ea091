package org.ekicho.netboot.trace;

/// One line of a timeline.
///
/// @param atNanos when it began
/// @param what    what happened, in plain words
/// @param why     why it is graded so; empty for what is in order
public record TraceStep(long atNanos, TraceStage stage, String what, Grade grade, String why) {}
