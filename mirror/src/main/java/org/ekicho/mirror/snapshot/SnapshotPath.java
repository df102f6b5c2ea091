package org.ekicho.mirror.snapshot;

import java.util.Optional;
import org.ekicho.mirror.Reading;
import org.ekicho.mirror.Refusal;
import org.ekicho.mirror.location.CheckedPath;
import org.ekicho.mirror.location.Locations;

/// Which paths a file of a snapshot may have: those of [Locations], in the form in which they lie on disk.
public final class SnapshotPath {
    private SnapshotPath() {}

    /// What is wrong with a path; empty when it is good.
    public static Optional<String> problem(String path) {
        return switch (Locations.check(path, Locations.Use.ANY)) {
            case Reading.Done<CheckedPath>(CheckedPath checked) ->
                checked.text().equals(path) ? Optional.empty() : Optional.of("it begins with \"./\"");
            case Reading.Refused<CheckedPath>(Refusal refusal) -> Optional.of(refusal.detail());
        };
    }
}
