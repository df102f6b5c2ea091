package org.ekicho.netboot.dhcp;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.ekicho.wire.Endpoint;
import org.ekicho.wire.IpAddress;

/// One DHCP payload of a capture of real firmware, cut at 358 bytes where the capture was.
record CapturedDhcp(Endpoint from, Endpoint to, String hex) {
    static final List<String> CAPTURES = List.of(
            "a-bios-full-tcg",
            "b-uefi-full-tcg",
            "f-uefi-mtu",
            "f-uefi-next",
            "f-uefi-nofile",
            "f-uefi-tid",
            "m-uefi-http",
            "m-uefi-proxy");

    static List<CapturedDhcp> of(String capture) {
        try (InputStream in = CapturedDhcp.class.getResourceAsStream("/golden/dhcp/" + capture + ".hex")) {
            if (in == null) throw new IllegalStateException("no golden file " + capture);
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .map(line -> line.split(" ", -1))
                    .map(words -> new CapturedDhcp(endpoint(words[0]), endpoint(words[1]), words[2]))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    byte[] bytes() {
        return HexFormat.of().parseHex(hex);
    }

    DhcpPacket packet() {
        return read(bytes());
    }

    static DhcpPacket read(byte[] bytes) {
        return switch (DhcpCodec.decode(bytes, bytes.length)) {
            case DhcpReading.Whole whole -> whole.packet();
            case DhcpReading.Malformed bad -> throw new AssertionError(bad.why().sentence());
        };
    }

    /// As it came to a server at `ours`.
    Arrival arrival(String ours) {
        return new Arrival(2, IpAddress.literal(ours), from, to.port());
    }

    private static Endpoint endpoint(String text) {
        int colon = text.indexOf(':');
        return new Endpoint(IpAddress.literal(text.substring(0, colon)), Integer.parseInt(text.substring(colon + 1)));
    }
}
