package org.ekicho.netboot.lease;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;
import org.ekicho.wire.IpAddress;
import org.ekicho.wire.MacAddress;

/// The file that leases are kept in: a line for each change, the last one of an address counts.
///
/// ```
/// bound 10.77.0.100 1795000000 52:54:00:77:00:01 mac:52:54:00:77:00:01 node1 291ea3ab
/// state address     ends at    hardware address  whose                 name  CRC-32 of what is before
/// ```
///
/// A name that is not known is `-`. A line that a power cut tore fails its checksum and is left out, as is
/// one that a disk damaged.
public final class LeaseJournalCodec {
    private static final int FIELDS = 7;
    /// Names in DNS have 255 bytes at most.
    private static final int MAX_NAME = 255;

    private LeaseJournalCodec() {}

    /// What a journal holds.
    ///
    /// @param records the last one of each address, oldest first
    /// @param lines   lines in all: when these are many more than the records, the file is worth compacting
    /// @param damaged lines that could not be read
    /// @param torn    whether the file ends within a line; what is appended needs a line end first
    public record Journal(List<LeaseRecord> records, int lines, int damaged, boolean torn) {}

    /// Reads a whole file.
    public static Journal decode(byte[] file) {
        Map<IpAddress, LeaseRecord> last = new LinkedHashMap<>();
        int lines = 0;
        int damaged = 0;
        String text = new String(file, StandardCharsets.US_ASCII);
        for (String line : text.lines().toList()) {
            if (line.isEmpty()) continue;
            lines++;
            Optional<LeaseRecord> record = parse(line);
            if (record.isEmpty()) {
                damaged++;
            } else {
                last.remove(record.get().address());
                last.put(record.get().address(), record.get());
            }
        }
        boolean torn = file.length > 0 && file[file.length - 1] != '\n';
        return new Journal(new ArrayList<>(last.values()), lines, damaged, torn);
    }

    /// Lines to append, or a whole file.
    public static byte[] encode(List<LeaseRecord> records) {
        StringBuilder text = new StringBuilder();
        for (LeaseRecord record : records) {
            text.append(format(record)).append('\n');
        }
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }

    static String format(LeaseRecord record) {
        String text = record.state().name().toLowerCase(Locale.ROOT) + " " + record.address() + " " + record.endsAt()
                + " " + record.mac() + " " + record.client().text() + " "
                + (record.hostName().isEmpty() ? "-" : record.hostName());
        return text + " " + checksum(text);
    }

    private static Optional<LeaseRecord> parse(String line) {
        int space = line.lastIndexOf(' ');
        String[] words = line.split(" ", -1);
        if (words.length != FIELDS || !checksum(line.substring(0, space)).equals(words[FIELDS - 1])) {
            return Optional.empty();
        }
        Optional<Lease.State> state = state(words[0]);
        Optional<IpAddress> address = IpAddress.parse(words[1]).filter(IpAddress::isV4);
        Optional<MacAddress> mac = MacAddress.parse(words[3]);
        Optional<ClientKey> client = ClientKey.parse(words[4]);
        boolean whole = state.isPresent()
                && address.isPresent()
                && mac.isPresent()
                && client.isPresent()
                && words[2].matches("[0-9]{1,12}");
        return whole
                ? Optional.of(new LeaseRecord(
                        address.get(),
                        client.get(),
                        mac.get(),
                        state.get(),
                        Long.parseLong(words[2]),
                        words[5].equals("-") ? "" : name(words[5])))
                : Optional.empty();
    }

    private static Optional<Lease.State> state(String word) {
        return switch (word) {
            case "bound" -> Optional.of(Lease.State.BOUND);
            case "released" -> Optional.of(Lease.State.RELEASED);
            case "declined" -> Optional.of(Lease.State.DECLINED);
            default -> Optional.empty();
        };
    }

    /// A name that fits into a line: what is neither letter, digit, `.` nor `-` is left out.
    static String name(String said) {
        String name = said.replaceAll("[^A-Za-z0-9.-]", "");
        return name.equals("-") ? "" : name.substring(0, Math.min(name.length(), MAX_NAME));
    }

    private static String checksum(String text) {
        CRC32 crc = new CRC32();
        crc.update(text.getBytes(StandardCharsets.US_ASCII));
        return "%08x".formatted(crc.getValue());
    }
}
