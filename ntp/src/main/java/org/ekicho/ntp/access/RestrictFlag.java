package org.ekicho.ntp.access;

import java.util.Locale;

/// The flags of a classic `restrict` line. Declared in classic bit-independent order; [#mask()] is our own bit.
public enum RestrictFlag {
    IGNORE,
    NOSERVE,
    NOQUERY,
    NOMODIFY,
    NOPEER,
    NOEPEER,
    NOTRUST,
    LIMITED,
    KOD,
    NOTRAP,
    LOWPRIOTRAP,
    NOMRULIST,
    VERSION,
    MSSNTP,
    FLAKE,
    SERVERRESPONSE,
    NTPPORT;

    public int mask() {
        return 1 << ordinal();
    }

    public boolean isIn(int mask) {
        return (mask & mask()) != 0;
    }

    /// The word in ntp.conf.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
