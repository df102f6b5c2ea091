package org.ekicho.daemon.time;

import org.ekicho.ntp.boundary.ReplayFloor;
import org.ekicho.ntp.boundary.SavedState;

/// What the time service keeps across restarts. Keeping returns at once; a disk that fails is reported, not thrown.
public interface TimeMemory extends AutoCloseable {
    SavedState load();

    void keepDrift(double ppm);

    void keepFloor(ReplayFloor floor);

    /// Writes what is still unwritten.
    @Override
    void close();

    /// Remembers nothing.
    TimeMemory NONE = new TimeMemory() {
        @Override
        public SavedState load() {
            return SavedState.NONE;
        }

        @Override
        public void keepDrift(double ppm) {}

        @Override
        public void keepFloor(ReplayFloor floor) {}

        @Override
        public void close() {}
    };
}
