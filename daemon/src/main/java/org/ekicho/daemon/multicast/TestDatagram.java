package org.ekicho.daemon.multicast;

import static org.ekicho.wire.BigEndian.i32;
import static org.ekicho.wire.BigEndian.i64;
import static org.ekicho.wire.BigEndian.put32;
import static org.ekicho.wire.BigEndian.put64;
import static org.ekicho.wire.BigEndian.u8;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// What the multicast tester sends.
///
/// ```
/// 0 "EKMC"   4 version=1   5 length of name   6 zeros   8 run (8)   16 number (4)   20 name of the sender's interface
/// ```
///
/// @param run        tells one sender from another and from itself after a restart
/// @param number     counts from 0 on each interface
/// @param sentBy     name of the interface that it left by, at most 15 bytes of printable ASCII
public record TestDatagram(long run, int number, String sentBy) {
    private static final int MAGIC = 0x454b4d43;
    private static final int VERSION = 1;
    private static final int FIXED = 20;
    private static final int LONGEST_NAME = 15;

    public TestDatagram {
        if (number < 0 || sentBy.length() > LONGEST_NAME || !isPrintable(sentBy)) {
            throw new IllegalArgumentException("no test datagram has number " + number + " and name " + sentBy);
        }
    }

    private static boolean isPrintable(String text) {
        return text.chars().allMatch(c -> c > ' ' && c < 127);
    }

    public byte[] encode() {
        byte[] name = sentBy.getBytes(StandardCharsets.US_ASCII);
        byte[] bytes = new byte[FIXED + name.length];
        put32(bytes, 0, MAGIC);
        bytes[4] = VERSION;
        bytes[5] = (byte) name.length;
        put64(bytes, 8, run);
        put32(bytes, 16, number);
        System.arraycopy(name, 0, bytes, FIXED, name.length);
        return bytes;
    }

    /// Empty when it is something else.
    public static Optional<TestDatagram> decode(byte[] bytes) {
        if (bytes.length < FIXED
                || i32(bytes, 0) != MAGIC
                || u8(bytes, 4) != VERSION
                || u8(bytes, 5) > LONGEST_NAME
                || bytes[6] != 0
                || bytes[7] != 0
                || bytes.length != FIXED + u8(bytes, 5)
                || i32(bytes, 16) < 0) {
            return Optional.empty();
        }
        String name = new String(bytes, FIXED, bytes.length - FIXED, StandardCharsets.ISO_8859_1);
        return isPrintable(name)
                ? Optional.of(new TestDatagram(i64(bytes, 8), i32(bytes, 16), name))
                : Optional.empty();
    }
}
