package org.ekicho.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Network byte order over plain byte arrays: unsigned 8- and 16-bit values as `int`, 32-bit ones as `int` bits or
/// as an unsigned `long`, 64-bit ones as `long` bits.
///
/// Every method throws `IndexOutOfBoundsException` outside the array; decoders check lengths first and so never see it.
public final class BigEndian {
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private BigEndian() {}

    /// The unsigned byte at `offset`, 0..255.
    public static int u8(byte[] bytes, int offset) {
        return bytes[offset] & 0xff;
    }

    /// The unsigned 16-bit value at `offset`, 0..65535.
    public static int u16(byte[] bytes, int offset) {
        return (short) SHORT.get(bytes, offset) & 0xffff;
    }

    /// The 32 bits at `offset`.
    public static int i32(byte[] bytes, int offset) {
        return (int) INT.get(bytes, offset);
    }

    /// The unsigned 32-bit value at `offset`, 0..2^32-1.
    public static long u32(byte[] bytes, int offset) {
        return i32(bytes, offset) & 0xffff_ffffL;
    }

    /// The 64 bits at `offset`.
    public static long i64(byte[] bytes, int offset) {
        return (long) LONG.get(bytes, offset);
    }

    /// Writes the low 8 bits of `value`.
    public static void put8(byte[] bytes, int offset, int value) {
        bytes[offset] = (byte) value;
    }

    /// Writes the low 16 bits of `value`.
    public static void put16(byte[] bytes, int offset, int value) {
        SHORT.set(bytes, offset, (short) value);
    }

    /// Writes 32 bits.
    public static void put32(byte[] bytes, int offset, int value) {
        INT.set(bytes, offset, value);
    }

    /// Writes 64 bits.
    public static void put64(byte[] bytes, int offset, long value) {
        LONG.set(bytes, offset, value);
    }
}
