package org.ekicho.ntp.selection;

import org.ekicho.ntp.view.SelectionStatus;

/// What became of a candidate.
///
/// @param status   in ntpq's terms
/// @param sentence why it was not chosen, e.g. `falseticker: 1.003 s from the majority of 3 sources`; empty when it was
public record Verdict(SelectionStatus status, String sentence) {}
