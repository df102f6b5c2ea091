package org.ekicho.ntp.control;

/// One control message, without a MAC (RFC 9327 §2).
///
/// ```
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |LI | VN  |  6  |R|E|M| opcode  |           Sequence            |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |            Status             |        Association id         |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |            Offset             |             Count             |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |  Data, Count bytes, then zero bytes to a multiple of four     |
/// ```
///
/// @param version       1..7
/// @param response      R: an answer
/// @param error         E: the upper half of `status` is a [ControlError] code
/// @param more          M: not the last fragment
/// @param opcode        0..31, see [ControlOpcode]
/// @param sequence      chosen by the asker, echoed
/// @param status        status word
/// @param associationId 0: the system
/// @param offset        where the data of this fragment begin in the whole answer
/// @param data          the data, one character per byte (Latin-1), so that they are a value
public record ControlPacket(
        int version,
        boolean response,
        boolean error,
        boolean more,
        int opcode,
        int sequence,
        int status,
        int associationId,
        int offset,
        String data) {}
