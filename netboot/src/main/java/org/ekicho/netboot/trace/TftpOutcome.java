package org.ekicho.netboot.trace;

/// How a TFTP transfer ended.
public enum TftpOutcome {
    /// Its last block was acknowledged.
    COMPLETE,
    /// The client sent an error before the end: code 8 or 0 right after the options is the size probe of firmware.
    CLIENT_ABORTED,
    /// Our error 1 or 2: there is no such file, or it is not to be read.
    NOT_FOUND,
    /// Another error of ours.
    SERVER_REFUSED,
    /// No acknowledgement came any more, however often a packet was repeated; or the client never saw an answer.
    SILENCE
}
