package org.ekicho.netboot.tftp;

import java.util.Optional;

/// What a transfer does next.
public sealed interface TftpStep {
    /// Sends these blocks of the file, in order.
    ///
    /// @param first 1 for the file's first
    /// @param count at least 1
    record Blocks(long first, int count) implements TftpStep {}

    /// Sends this packet to the client.
    record Packet(TftpPacket packet) implements TftpStep {}

    /// Sends this packet to whoever sent the one just received, who is not the client.
    record Stray(TftpPacket.Failure packet) implements TftpStep {}

    /// Nothing until something comes or the deadline is there.
    record Wait() implements TftpStep {}

    /// It is over.
    ///
    /// @param lastWord a packet to send before
    record End(TftpReason reason, Optional<TftpPacket.Failure> lastWord) implements TftpStep {}

    Wait WAIT = new Wait();
}
