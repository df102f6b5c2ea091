package org.ekicho.mirror.metadata;

import org.ekicho.mirror.Refusal;

/// A package of otherwise good metadata that cannot be used.
///
/// @param ordinal its place among the packages, from 0
/// @param what    its name, version and architecture, as far as they were read; for people
/// @param refusal why, and where in the file
public record RejectedPackage(int ordinal, String what, Refusal refusal) {}
