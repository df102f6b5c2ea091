package org.ekicho.ntp.settings;

import java.time.Duration;

/// `tos`: limits of the choice among sources (RFC 5905 §11.2).
///
/// @param minClock    clustering stops at this many survivors
/// @param maxClock    how many sources are looked for
/// @param minSane     fewer survivors than this: not synchronised
/// @param floor       least stratum believed
/// @param ceiling     strata from this on are not believed
/// @param minDist     seconds added to each source's error bound before intersection (`mindist`)
/// @param maxDist     error bound in seconds from which a source is not believed (`maxdist`)
/// @param orphan      stratum of an orphan group, 16: none
/// @param orphanWait  how long without any other source until the local clock is believed
public record SelectionSettings(
        int minClock,
        int maxClock,
        int minSane,
        int floor,
        int ceiling,
        double minDist,
        double maxDist,
        int orphan,
        Duration orphanWait) {
    public static final SelectionSettings CLASSIC =
            new SelectionSettings(3, 10, 1, 0, 16, 0.001, 1.5, 16, Duration.ofMinutes(5));
}
