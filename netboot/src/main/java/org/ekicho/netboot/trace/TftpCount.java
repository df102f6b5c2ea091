package org.ekicho.netboot.trace;

/// The blocks of a transfer.
///
/// @param sent    different blocks that were sent
/// @param acked   the highest block, counted past 65535, that was acknowledged: 0 is the acknowledgement of the
///                options, -1 none at all
/// @param resent  blocks that were sent again
/// @param repeats how often the client repeated its request or its last acknowledgement
public record TftpCount(long sent, long acked, long resent, int repeats) {
    /// Before anything was sent.
    public static final TftpCount NONE = new TftpCount(0, -1, 0, 0);
}
