package org.ekicho.ntp.packet;

import org.ekicho.wire.BigEndian;

/// The 48-byte header of an NTP packet (RFC 5905 §7.3), without MAC and extension fields.
///
/// ```
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |LI | VN  |Mode |    Stratum    |     Poll      |  Precision    |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |  4 Root Delay   8 Root Dispersion   12 Reference ID           |
/// |  16 Reference   24 Origin   32 Receive   40 Transmit Timestamp|
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// ```
///
/// The server's hot path reads the same bytes with the offsets below and builds no record.
///
/// @param version        0..7
/// @param stratum        0..255; 0 unspecified or kiss-o'-death, 16 unsynchronised
/// @param poll           log2 of the interval in seconds, signed
/// @param precision      log2 of the clock's precision in seconds, signed
/// @param rootDelay      [NtpShort] bits
/// @param rootDispersion [NtpShort] bits
/// @param referenceId    32 bits, see [ReferenceId]
/// @param reference      [NtpTimestamp] bits, like the three after it
public record NtpPacket(
        LeapIndicator leap,
        int version,
        NtpMode mode,
        int stratum,
        int poll,
        int precision,
        int rootDelay,
        int rootDispersion,
        int referenceId,
        long reference,
        long origin,
        long receive,
        long transmit) {
    /// Bytes of the header.
    public static final int HEADER = 48;
    public static final int STRATUM = 1;
    public static final int POLL = 2;
    public static final int PRECISION = 3;
    public static final int ROOT_DELAY = 4;
    public static final int ROOT_DISPERSION = 8;
    public static final int REFERENCE_ID = 12;
    public static final int REFERENCE = 16;
    public static final int ORIGIN = 24;
    public static final int RECEIVE = 32;
    public static final int TRANSMIT = 40;

    /// Reads the header; `bytes` holds 48 at least.
    ///
    /// @throws IllegalArgumentException if it does not
    public static NtpPacket decode(byte[] bytes, int length) {
        if (length < HEADER || bytes.length < HEADER) {
            throw new IllegalArgumentException("an NTP header has 48 bytes, not " + Math.min(length, bytes.length));
        }
        int first = BigEndian.u8(bytes, 0);
        return new NtpPacket(
                LeapIndicator.ofCode(first >> 6),
                first >> 3 & 7,
                NtpMode.ofCode(first),
                BigEndian.u8(bytes, STRATUM),
                bytes[POLL],
                bytes[PRECISION],
                BigEndian.i32(bytes, ROOT_DELAY),
                BigEndian.i32(bytes, ROOT_DISPERSION),
                BigEndian.i32(bytes, REFERENCE_ID),
                BigEndian.i64(bytes, REFERENCE),
                BigEndian.i64(bytes, ORIGIN),
                BigEndian.i64(bytes, RECEIVE),
                BigEndian.i64(bytes, TRANSMIT));
    }

    /// Writes the header to the first 48 bytes.
    public void encode(byte[] bytes) {
        bytes[0] = (byte) firstByte(leap, version, mode);
        bytes[STRATUM] = (byte) stratum;
        bytes[POLL] = (byte) poll;
        bytes[PRECISION] = (byte) precision;
        BigEndian.put32(bytes, ROOT_DELAY, rootDelay);
        BigEndian.put32(bytes, ROOT_DISPERSION, rootDispersion);
        BigEndian.put32(bytes, REFERENCE_ID, referenceId);
        BigEndian.put64(bytes, REFERENCE, reference);
        BigEndian.put64(bytes, ORIGIN, origin);
        BigEndian.put64(bytes, RECEIVE, receive);
        BigEndian.put64(bytes, TRANSMIT, transmit);
    }

    /// The first byte: leap, version and mode.
    public static int firstByte(LeapIndicator leap, int version, NtpMode mode) {
        return leap.code() << 6 | (version & 7) << 3 | mode.code();
    }
}
