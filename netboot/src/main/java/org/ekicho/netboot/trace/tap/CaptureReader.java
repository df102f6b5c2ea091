package org.ekicho.netboot.trace.tap;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/// Reads captures in pcap's classic format: both byte orders, microseconds and nanoseconds, Ethernet. What tcpdump
/// writes with `-w`.
///
/// ```
/// file header: magic u32 · version u16 u16 · zone i32 · accuracy u32 · snaplen u32 · link type u32
/// each packet: seconds u32 · fraction u32 · captured u32 · length on the wire u32 · captured bytes
/// ```
public final class CaptureReader {
    /// Longest packet that is read; tcpdump's own limit. A longer one means that the file is damaged.
    public static final int MAX_CAPTURED = 262_144;
    /// Packets that are read of one file; a boot has some thousands.
    public static final int MAX_PACKETS = 5_000_000;

    private static final int FILE_HEADER = 24;
    private static final int PACKET_HEADER = 16;
    private static final int MICROS = 0xa1b2c3d4;
    private static final int NANOS = 0xa1b23c4d;
    private static final int PCAPNG = 0x0a0d0d0a;
    private static final int ETHERNET = 1;
    private static final long SECOND = 1_000_000_000L;

    private CaptureReader() {}

    /// What is done with each packet.
    public interface Sink {
        /// @param atNanos since 1970 by the capturing machine's clock
        /// @param frame   the captured bytes, from the Ethernet header on; valid during the call
        void frame(long atNanos, byte[] frame);
    }

    /// What was read.
    ///
    /// @param packets read
    /// @param lastAt  time of the last packet, in nanoseconds since 1970; 0 when there was none
    /// @param problem why reading ended before the end of the file: what, where, what to do
    public record Summary(int packets, long lastAt, Optional<String> problem) {}

    /// Reads packets until the end, or until something is wrong, which the summary then says; packets before that have
    /// been handed on.
    ///
    /// @throws IOException when the stream cannot be read
    public static Summary read(InputStream in, Sink sink) throws IOException {
        byte[] header = in.readNBytes(FILE_HEADER);
        if (header.length < FILE_HEADER) return problem(0, 0, "this is no capture: it has less than 24 bytes");
        ByteBuffer file = ByteBuffer.wrap(header);
        if (file.getInt(0) == PCAPNG) {
            return problem(0, 0, "this is a pcapng capture; make a classic one: editcap -F pcap IN OUT");
        }
        if (!isMagic(file.getInt(0))) file.order(ByteOrder.LITTLE_ENDIAN);
        int magic = file.getInt(0);
        if (!isMagic(magic)) return problem(0, 0, "this is no pcap capture: it does not begin with a pcap magic");
        int link = file.getInt(20) & 0xffff;
        if (link != ETHERNET) {
            return problem(
                    0, 0, "this capture has link type " + link + "; capture on an Ethernet interface, not on \"any\"");
        }
        return packets(in, file.order(), magic == NANOS ? 1 : 1000, sink);
    }

    private static boolean isMagic(int magic) {
        return magic == MICROS || magic == NANOS;
    }

    private static Summary packets(InputStream in, ByteOrder order, int unit, Sink sink) throws IOException {
        int count = 0;
        long last = 0;
        while (count < MAX_PACKETS) {
            byte[] header = in.readNBytes(PACKET_HEADER);
            if (header.length == 0) return new Summary(count, last, Optional.empty());
            if (header.length < PACKET_HEADER) return problem(count, last, "the capture ends within a packet's header");
            ByteBuffer packet = ByteBuffer.wrap(header).order(order);
            long captured = packet.getInt(8) & 0xffff_ffffL;
            if (captured > MAX_CAPTURED) {
                return problem(count, last, "packet " + (count + 1) + " claims " + captured + " bytes: damaged file");
            }
            byte[] frame = in.readNBytes((int) captured);
            if (frame.length < captured) return problem(count, last, "the capture ends within packet " + (count + 1));
            last = (packet.getInt(0) & 0xffff_ffffL) * SECOND + (packet.getInt(4) & 0xffff_ffffL) * unit;
            sink.frame(last, frame);
            count++;
        }
        return problem(count, last, "only the first " + MAX_PACKETS + " packets were read");
    }

    private static Summary problem(int packets, long lastAt, String what) {
        return new Summary(packets, lastAt, Optional.of(what));
    }
}
