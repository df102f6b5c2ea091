package org.ekicho.ntp.boundary;

import java.util.List;
import java.util.OptionalDouble;

/// What the engine remembers across restarts.
///
/// @param driftPpm frequency from the drift file
/// @param floors   replay floors
public record SavedState(OptionalDouble driftPpm, List<ReplayFloor> floors) {
    public static final SavedState NONE = new SavedState(OptionalDouble.empty(), List.of());

    public SavedState {
        floors = List.copyOf(floors);
    }
}
