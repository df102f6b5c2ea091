package org.ekicho.netboot.tftp;

import java.util.List;

/// One packet of TFTP.
///
/// ```
/// RRQ, WRQ  | 1 or 2 (16) | file | 0 | mode | 0 | option | 0 | value | 0 | …
/// DATA      | 3 (16)      | block (16) | 0..65464 bytes
/// ACK       | 4 (16)      | block (16)
/// ERROR     | 5 (16)      | code (16)  | message | 0
/// OACK      | 6 (16)      | option | 0 | value | 0 | …
/// ```
public sealed interface TftpPacket {
    /// RRQ: a file is to be read.
    ///
    /// @param file    as it came, one character per byte (Latin-1)
    /// @param mode    lower case: `octet`, `netascii`, `mail` or anything else
    /// @param options in the order in which they came, the first of each name
    record Read(String file, String mode, List<TftpOption> options) implements TftpPacket {
        public Read {
            options = List.copyOf(options);
        }
    }

    /// WRQ: a file is to be written.
    record Write(String file, String mode, List<TftpOption> options) implements TftpPacket {
        public Write {
            options = List.copyOf(options);
        }
    }

    /// DATA: where the payload lies in the bytes that were decoded.
    record Data(int block, int offset, int length) implements TftpPacket {}

    record Ack(int block) implements TftpPacket {}

    /// @param code    0..65535; see [TftpError]
    /// @param message without control characters; empty when there is none
    record Failure(int code, String message) implements TftpPacket {}

    record OptionAck(List<TftpOption> options) implements TftpPacket {
        public OptionAck {
            options = List.copyOf(options);
        }
    }

    /// What is none of these.
    ///
    /// @param what in words, for the trace
    record Unfit(String what) implements TftpPacket {}
}
