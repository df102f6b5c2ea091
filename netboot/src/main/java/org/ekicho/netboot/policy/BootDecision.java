package org.ekicho.netboot.policy;

import java.util.Optional;

/// What was decided about a machine that asks.
///
/// @param machine what it is called; empty when nobody named it
/// @param outcome what it is to end in
/// @param step    what it gets now
public record BootDecision(Optional<Machine> machine, BootOutcome outcome, BootStep step) {}
