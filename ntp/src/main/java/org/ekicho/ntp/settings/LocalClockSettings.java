package org.ekicho.ntp.settings;

/// `server 127.127.1.0` and its `fudge`: the host clock, undisciplined, as the time of an isolated site.
///
/// @param stratum     fudge stratum, 0..15; the packets carry one more. Classic default 5
/// @param prefer      believed at once instead of after the wait
/// @param referenceId what the packets carry as reference id
public record LocalClockSettings(int stratum, boolean prefer, int referenceId) {
    public static final int DEFAULT_STRATUM = 5;

    public LocalClockSettings {
        if (stratum < 0 || stratum > 15) {
            throw new IllegalArgumentException("fudge stratum is 0..15, not " + stratum);
        }
    }
}
