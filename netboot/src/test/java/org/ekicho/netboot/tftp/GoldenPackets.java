package org.ekicho.netboot.tftp;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/// TFTP payloads of firmware that really booted: lines of `capture seconds from to hex` in
/// `golden/tftp/payloads.txt`. DATA is cut after its first 16 bytes.
final class GoldenPackets {
    /// @param toServer whether the client sent it
    record Line(String capture, double seconds, boolean toServer, String hex) {
        byte[] bytes() {
            return HexFormat.of().parseHex(hex);
        }
    }

    private GoldenPackets() {}

    static List<Line> lines() {
        List<Line> lines = new ArrayList<>();
        try (InputStream in = GoldenPackets.class.getResourceAsStream("/golden/tftp/payloads.txt");
                BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (line.startsWith("#")) continue;
                String[] parts = line.split(" ", -1);
                lines.add(new Line(parts[0], Double.parseDouble(parts[1]), parts[2].equals("client"), parts[3]));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return lines;
    }

    static List<byte[]> all() {
        return lines().stream().map(Line::bytes).toList();
    }

    static List<byte[]> sentByClient(String capture) {
        return lines().stream()
                .filter(line -> line.toServer() && line.capture().equals(capture))
                .map(Line::bytes)
                .toList();
    }
}
