package org.ekicho.host;

import org.ekicho.wire.IpAddress;

/// How chronyd answers "tracking": what it follows and how well.
///
/// @param referenceId    of the source that it follows
/// @param source         that source's address; `0.0.0.0` when it is none with an address
/// @param stratum        its own; 0 when it follows nobody
/// @param leap           0 none, 1 insert, 2 delete, 3 not synchronised
/// @param correction     seconds by which the system clock is behind true time as chronyd sees it
/// @param frequencyPpm   positive: the system's clock would gain without correction
/// @param skewPpm        its bound of the error of that
/// @param rootDelay      seconds
/// @param rootDispersion seconds
public record ChronyTracking(
        int referenceId,
        IpAddress source,
        int stratum,
        int leap,
        double correction,
        double frequencyPpm,
        double skewPpm,
        double rootDelay,
        double rootDispersion) {
    /// It follows something.
    public boolean isSynchronised() {
        return leap != 3 && stratum > 0;
    }
}
