package org.ekicho.netboot.tftp;

import java.util.Optional;

/// What is done about a packet that came to the server's own port.
public sealed interface TftpAction {
    /// Opens what the transfer needs and calls [TftpTransfer#begin].
    ///
    /// @param replaced a transfer to the same port of the client that is over now; its socket can be closed
    record Start(TftpTransfer transfer, Optional<TftpTransfer> replaced) implements TftpAction {}

    /// Goes on with a transfer that shares the server's port.
    record Continue(TftpTransfer transfer, TftpStep step) implements TftpAction {}

    /// Sends an ERROR to the sender.
    record Refuse(TftpPacket.Failure error, TftpReport report) implements TftpAction {}

    /// Does nothing.
    record Ignore(TftpReason reason) implements TftpAction {}
}
