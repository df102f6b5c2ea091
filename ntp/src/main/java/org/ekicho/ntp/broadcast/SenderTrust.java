package org.ekicho.ntp.broadcast;

/// Whether a sender of broadcasts has shown that it lives.
enum SenderTrust {
    /// A genuine packet came that is newer than all before.
    TRUSTED,
    /// All that came is genuine, but not newer than the floor: somebody replays old packets, or its clock went
    /// back. Its answer to a nonce will show which.
    SUSPECT,
    /// It answered: its clock is beyond the floor, what came was a replay.
    REPLAYED
}
