package org.ekicho.lab.peer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.ekicho.lab.lan.Daemon;
import org.ekicho.lab.lan.Lan;
import org.ekicho.lab.lan.Machine;
import org.ekicho.wire.IpAddress;

/// What crosses an interface, by tcpdump, as the UDP datagrams over IPv4 in it.
public final class Capture {
    private static final int FILE_HEADER = 24;
    private static final int RECORD_HEADER = 16;
    private static final int ETHERNET = 14;
    private static final int IPV4 = 0x0800;
    private static final int UDP = 17;

    private final Daemon tcpdump;
    private final Path file;

    private Capture(Daemon tcpdump, Path file) {
        this.tcpdump = tcpdump;
        this.file = file;
    }

    /// One datagram.
    ///
    /// @param seconds when it was seen, since 1970
    /// @param dscp    the six bits of its service class
    /// @param hex     what it carried
    public record Udp(double seconds, String from, int fromPort, String to, int toPort, int ttl, int dscp, String hex) {
        /// What it carried.
        public byte[] payload() {
            return HexFormat.of().parseHex(hex);
        }

        /// The mode of an NTP packet: 3 request, 4 reply, 5 broadcast.
        public int ntpMode() {
            return payload()[0] & 7;
        }
    }

    /// Starts to capture UDP on an interface, and waits until it does.
    public static Capture on(Machine machine, String interfaceName) {
        Path file = machine.folder().resolve(interfaceName + ".pcap");
        Daemon tcpdump = machine.start(
                "tcpdump-" + interfaceName,
                Programs.peer("tcpdump"),
                "-i",
                interfaceName,
                "-n",
                "-p",
                "-U",
                "-Z",
                "root",
                "-w",
                file.toString(),
                "udp");
        while (!tcpdump.log().contains("listening on")) {
            if (!tcpdump.runs()) throw new IllegalStateException("tcpdump does not start: " + tcpdump.log());
            Lan.pause(Duration.ofMillis(50));
        }
        return new Capture(tcpdump, file);
    }

    /// Everything seen so far.
    public List<Udp> datagrams() {
        try {
            return read(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The NTP packets of a mode that were sent from an address.
    public List<Udp> ntp(int mode, String from) {
        return datagrams().stream()
                .filter(udp -> udp.from().equals(from) && udp.payload().length >= 48 && udp.ntpMode() == mode)
                .toList();
    }

    /// Ends the capture.
    public void stop() {
        tcpdump.stop();
    }

    /// What is in a capture file of whatever kind tcpdump reads.
    public static List<Udp> of(Machine machine, Path anyKind) {
        Path plain = machine.folder().resolve(anyKind.getFileName());
        machine.must(Programs.peer("tcpdump"), "-Z", "root", "-r", anyKind.toString(), "-w", plain.toString());
        try {
            return read(Files.readAllBytes(plain));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Reads a capture file of Ethernet frames in this machine's byte order; a last record that is not whole is left
    /// out.
    private static List<Udp> read(byte[] bytes) {
        List<Udp> datagrams = new ArrayList<>();
        ByteBuffer pcap = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int at = FILE_HEADER;
        while (at + RECORD_HEADER <= bytes.length) {
            double seconds = pcap.getInt(at) + pcap.getInt(at + 4) / 1e6;
            int length = pcap.getInt(at + 8);
            at += RECORD_HEADER;
            if (at + length > bytes.length) break;
            ByteBuffer frame = ByteBuffer.wrap(bytes, at, length).slice();
            if (frame.getShort(12) == IPV4 && frame.get(ETHERNET + 9) == UDP) datagrams.add(udp(seconds, frame));
            at += length;
        }
        return datagrams;
    }

    private static Udp udp(double seconds, ByteBuffer frame) {
        byte[] bytes = new byte[frame.remaining()];
        frame.get(0, bytes);
        int udp = ETHERNET + 4 * (bytes[ETHERNET] & 15);
        int length = frame.getShort(udp + 4) & 0xffff;
        return new Udp(
                seconds,
                address(bytes, ETHERNET + 12),
                frame.getShort(udp) & 0xffff,
                address(bytes, ETHERNET + 16),
                frame.getShort(udp + 2) & 0xffff,
                bytes[ETHERNET + 8] & 0xff,
                (bytes[ETHERNET + 1] & 0xff) >> 2,
                HexFormat.of().formatHex(bytes, udp + 8, udp + length));
    }

    private static String address(byte[] bytes, int at) {
        return IpAddress.ofBytes(Arrays.copyOfRange(bytes, at, at + 4)).toString();
    }
}
