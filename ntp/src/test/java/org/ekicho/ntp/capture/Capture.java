package org.ekicho.ntp.capture;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.ekicho.ntp.auth.KeyRing;
import org.ekicho.ntp.auth.KeyType;
import org.ekicho.ntp.auth.SymmetricKey;
import org.ekicho.wire.Datagram;
import org.ekicho.wire.IpAddress;

/// A pcapng file as dumpcap writes it (UDP over IPv4 over Ethernet, nanoseconds, little-endian), read whole: blocks of
/// type, length, body and length again, of which the packets are of type 6.
public final class Capture {
    private static final int SECTION = 0x0a0d0d0a;
    private static final int LITTLE_ENDIAN_MARK = 0x1a2b3c4d;
    private static final int PACKET = 6;
    private static final int PACKET_HEADER = 28;
    private static final int ETHERNET_HEADER = 14;

    private Capture() {}

    /// One datagram on the wire: `peer` is its sender, `local` its destination, `receivedAtNanos` the capture's time.
    public record Frame(Datagram datagram, int destinationPort) {}

    /// The keys of the classic pair of `golden/captures`, all trusted.
    public static KeyRing keys() {
        return new KeyRing(
                List.of(
                        new SymmetricKey(10, KeyType.MD5, "labsecret10".getBytes(StandardCharsets.US_ASCII), List.of()),
                        new SymmetricKey(11, KeyType.SHA1, count(1, 20), List.of()),
                        new SymmetricKey(12, KeyType.AES128CMAC, count(0, 16), List.of())),
                Set.of(10, 11, 12));
    }

    private static byte[] count(int first, int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (first + i);
        }
        return bytes;
    }

    /// The UDP datagrams of `golden/captures/NAME.pcap`, in the order of the wire.
    public static List<Frame> read(String name) {
        String path = "/golden/captures/" + name + ".pcap";
        try (InputStream in = Objects.requireNonNull(Capture.class.getResourceAsStream(path), path)) {
            return parse(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Frame> parse(byte[] file) {
        ByteBuffer in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        if (in.getInt(0) != SECTION || in.getInt(8) != LITTLE_ENDIAN_MARK) {
            throw new IllegalArgumentException("not a little-endian pcapng file");
        }
        List<Frame> frames = new ArrayList<>();
        for (int at = 0; at < file.length; at += in.getInt(at + 4)) {
            if (in.getInt(at) == PACKET) {
                long nanos = (long) in.getInt(at + 12) << 32 | (in.getInt(at + 16) & 0xffff_ffffL);
                int start = at + PACKET_HEADER;
                byte[] frame = Arrays.copyOfRange(file, start + ETHERNET_HEADER, start + in.getInt(at + 20));
                if (frame[0] >> 4 == 4 && frame[9] == 17) {
                    frames.add(datagram(frame, nanos));
                }
            }
        }
        return frames;
    }

    private static Frame datagram(byte[] frame, long nanos) {
        ByteBuffer packet = ByteBuffer.wrap(frame);
        int udp = (packet.get(0) & 0xf) * 4;
        Datagram datagram = new Datagram()
                .peer(IpAddress.ofV4(packet.getInt(12)), packet.getShort(udp) & 0xffff)
                .local(IpAddress.ofV4(packet.getInt(16)), 1);
        int length = (packet.getShort(udp + 4) & 0xffff) - 8;
        datagram.payload(Arrays.copyOfRange(frame, udp + 8, udp + 8 + length));
        datagram.receivedAtNanos = nanos;
        return new Frame(datagram, packet.getShort(udp + 2) & 0xffff);
    }
}
