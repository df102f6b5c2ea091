package org.ekicho.daemon.boot.tftp;

/// Whom a port belongs to.
sealed interface TftpSeat permits TftpSeat.Listening, Sending {
    /// Requests come here, and everything of the transfers that share the port.
    record Listening(TftpDoor door) implements TftpSeat {}
}
