package org.ekicho.host.net;

import org.ekicho.wire.Datagram;

/// Consecutive pieces of one content, each a datagram with a few bytes of its own in front. Mutable and reused,
/// as [Datagram] is.
public final class BlockRun {
    /// Bytes in front of each piece.
    public static final int HEAD = 4;
    /// Pieces of one run at most.
    public static final int MOST = MessageVector.MOST;

    /// Where it goes, from which address and by which interface; its payload does not count.
    public final Datagram to = new Datagram();
    /// The bytes in front, [#HEAD] for each.
    public final byte[] heads = new byte[HEAD * MOST];
    /// Where in the content the first piece begins.
    public long offset;
    /// Bytes of content in each piece but the last.
    public int length;
    /// Bytes of content in the last piece, 0..length.
    public int lastLength;
    /// Pieces, 1..[#MOST].
    public int count;
}
