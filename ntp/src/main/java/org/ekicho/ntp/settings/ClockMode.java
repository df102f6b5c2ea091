package org.ekicho.ntp.settings;

/// What may happen to the clock.
public enum ClockMode {
    /// It is read, never changed.
    OBSERVE,
    /// It is brought to the selected sources.
    STEER
}
