package org.ekicho.host;

import static org.ekicho.wire.BigEndian.i32;
import static org.ekicho.wire.BigEndian.put16;
import static org.ekicho.wire.BigEndian.put32;
import static org.ekicho.wire.BigEndian.put8;
import static org.ekicho.wire.BigEndian.u16;
import static org.ekicho.wire.BigEndian.u8;

import java.util.Arrays;
import java.util.Optional;
import org.ekicho.wire.IpAddress;

/// The one question that Ekicho asks chronyd, in its monitoring protocol, version 6 (UDP 323 on loopback; chrony's
/// `candm.h`).
///
/// ```
/// request (20)  0 version  1 type=1  4 command=33  6 attempt  8 sequence  12 zeros; padded to the reply's length
/// reply (28)    0 version  1 type=2  4 command     6 reply=5  8 status   16 sequence  20 zeros
/// tracking      28 reference id   32 address (16) family (2) pad (2)   52 stratum   54 leap   56 time (12)
///               68 correction  72 last offset  76 RMS offset  80 frequency  84 residual  88 skew
///               92 root delay  96 root dispersion  100 update interval
/// ```
final class ChronyCodec {
    static final int PORT = 323;
    /// Length of the reply, and of the request: chronyd does not answer one that is shorter than its answer.
    static final int LENGTH = 104;

    private static final int VERSION = 6;
    private static final int REQUEST = 1;
    private static final int REPLY = 2;
    private static final int REQ_TRACKING = 33;
    private static final int RPY_TRACKING = 5;
    private static final int FAMILY_V4 = 1;
    private static final int FAMILY_V6 = 2;
    private static final int COEFFICIENT_BITS = 25;

    private ChronyCodec() {}

    /// The question.
    ///
    /// @param sequence comes back in the answer
    static byte[] encodeTracking(int sequence) {
        byte[] request = new byte[LENGTH];
        put8(request, 0, VERSION);
        put8(request, 1, REQUEST);
        put16(request, 4, REQ_TRACKING);
        put32(request, 8, sequence);
        return request;
    }

    /// The answer to the question with this sequence number; empty when it is something else.
    static Optional<ChronyTracking> decodeTracking(byte[] reply, int length, int sequence) {
        if (length < LENGTH
                || reply.length < LENGTH
                || u8(reply, 0) != VERSION
                || u8(reply, 1) != REPLY
                || u16(reply, 4) != REQ_TRACKING
                || u16(reply, 6) != RPY_TRACKING
                || u16(reply, 8) != 0
                || i32(reply, 16) != sequence) {
            return Optional.empty();
        }
        return Optional.of(new ChronyTracking(
                i32(reply, 28),
                address(reply),
                u16(reply, 52),
                u16(reply, 54),
                number(i32(reply, 68)),
                number(i32(reply, 80)),
                number(i32(reply, 88)),
                number(i32(reply, 92)),
                number(i32(reply, 96))));
    }

    private static IpAddress address(byte[] reply) {
        return switch (u16(reply, 48)) {
            case FAMILY_V4 -> IpAddress.ofV4(i32(reply, 32));
            case FAMILY_V6 -> IpAddress.ofBytes(Arrays.copyOfRange(reply, 32, 48));
            default -> IpAddress.ANY_V4;
        };
    }

    /// chrony's own 32-bit floating point: 7 bits of signed exponent, 25 of signed coefficient.
    static double number(int bits) {
        int exponent = bits >> COEFFICIENT_BITS;
        int coefficient = bits << (32 - COEFFICIENT_BITS) >> (32 - COEFFICIENT_BITS);
        return coefficient * Math.pow(2, exponent - COEFFICIENT_BITS);
    }
}
