package org.ekicho.netboot.trace.tap;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.ekicho.netboot.trace.BootEvent;
import org.ekicho.netboot.trace.BootProgram;
import org.ekicho.netboot.trace.TftpCount;
import org.ekicho.netboot.trace.TftpOutcome;
import org.ekicho.netboot.trace.Who;
import org.ekicho.wire.BigEndian;
import org.ekicho.wire.Endpoint;
import org.ekicho.wire.MacAddress;

/// Follows TFTP transfers on the wire (RFC 1350, 2347–2349, 7440), each known by the client's address and port.
final class TapTftp {
    static final int PORT = 69;
    /// Transfers followed at once; the eldest is given up for a new one.
    static final int MAX_TRANSFERS = 1024;
    /// A transfer in which nothing was sent for this long is over: clients give up after 24 s of trying each 4 s.
    private static final long IDLE = 30_000_000_000L;

    private static final class Transfer {
        final Who who;
        final Endpoint client;
        String file = "";
        int blockSize = 512;
        long sent;
        long acked = -1;
        long resent;
        int repeats;
        boolean answered;
        long lastAt;
        int lastLength = Integer.MAX_VALUE;
        Optional<BootProgram> program = Optional.empty();

        Transfer(Who who, Endpoint client) {
            this.who = who;
            this.client = client;
        }

        BootEvent end(TftpOutcome outcome, int error, String message) {
            long bytes = Math.max(0, acked) * blockSize;
            if (outcome == TftpOutcome.COMPLETE) bytes = (acked - 1) * blockSize + lastLength;
            TftpCount count = new TftpCount(sent, acked, resent, repeats);
            return new BootEvent.TftpEnd(
                    lastAt, who, client, file, outcome, count, bytes, error, message, Optional.empty(), program);
        }
    }

    private final Map<Endpoint, Transfer> open = new LinkedHashMap<>();

    /// Reads a packet if it is one of TFTP.
    List<BootEvent> packet(long at, IpPacket packet) {
        if (packet.protocol() != IpPacket.UDP || packet.payload() + 4 > packet.end()) return List.of();
        List<BootEvent> events = new ArrayList<>(idle(at));
        int code = BigEndian.u16(packet.bytes(), packet.payload());
        if (packet.to().port() == PORT && code == 1) {
            events.addAll(request(at, packet));
            return events;
        }
        Transfer fromClient = open.get(packet.from());
        Transfer toClient = open.get(packet.to());
        if (fromClient != null) {
            client(at, packet, code, fromClient).ifPresent(events::add);
        } else if (toClient != null) {
            server(at, packet, code, toClient).ifPresent(events::add);
        }
        return events;
    }

    private List<BootEvent> request(long at, IpPacket packet) {
        String[] words = new String(
                        packet.bytes(),
                        packet.payload() + 2,
                        packet.end() - packet.payload() - 2,
                        StandardCharsets.ISO_8859_1)
                .split("\0", 32);
        String file = words[0];
        int blockSize = 0;
        int window = 0;
        boolean size = false;
        for (int i = 2; i + 1 < words.length; i += 2) {
            switch (words[i].toLowerCase(Locale.ROOT)) {
                case "blksize" -> blockSize = number(words[i + 1]);
                case "windowsize" -> window = number(words[i + 1]);
                case "tsize" -> size = true;
                default -> {}
            }
        }
        Who who = Who.of(packet.source(), packet.from().address());
        List<BootEvent> events = new ArrayList<>();
        Transfer known = open.get(packet.from());
        if (known != null && (!known.file.equals(file) || known.acked >= 0)) {
            events.add(known.end(TftpOutcome.SILENCE, -1, ""));
            known = null;
        }
        Transfer transfer = known == null ? new Transfer(who, packet.from()) : known;
        if (known != null) transfer.repeats++;
        transfer.file = file;
        transfer.lastAt = at;
        open.put(packet.from(), transfer);
        if (open.size() > MAX_TRANSFERS) open.remove(open.keySet().iterator().next());
        events.add(new BootEvent.TftpRequest(at, who, packet.from(), file, blockSize, window, size));
        return events;
    }

    private Optional<BootEvent> client(long at, IpPacket packet, int code, Transfer transfer) {
        transfer.lastAt = at;
        int value = BigEndian.u16(packet.bytes(), packet.payload() + 2);
        if (code == 5) {
            open.remove(transfer.client);
            return Optional.of(transfer.end(TftpOutcome.CLIENT_ABORTED, value, message(packet)));
        }
        if (code != 4) return Optional.empty();
        long block = unrolled(value, Math.max(0, transfer.acked));
        if (block <= transfer.acked) transfer.repeats++;
        transfer.acked = Math.max(transfer.acked, block);
        boolean over =
                transfer.acked > 0 && transfer.acked == transfer.sent && transfer.lastLength < transfer.blockSize;
        if (!over) return Optional.empty();
        open.remove(transfer.client);
        return Optional.of(transfer.end(TftpOutcome.COMPLETE, -1, ""));
    }

    private Optional<BootEvent> server(long at, IpPacket packet, int code, Transfer transfer) {
        transfer.lastAt = at;
        int value = BigEndian.u16(packet.bytes(), packet.payload() + 2);
        switch (code) {
            case 3 -> data(packet, value, transfer);
            case 5 -> {
                open.remove(transfer.client);
                boolean missing = value == 1 || value == 2;
                return Optional.of(transfer.end(
                        missing ? TftpOutcome.NOT_FOUND : TftpOutcome.SERVER_REFUSED, value, message(packet)));
            }
            case 6 -> {
                if (transfer.answered) return Optional.empty();
                transfer.answered = true;
                return Optional.of(options(at, packet, transfer));
            }
            default -> {}
        }
        return Optional.empty();
    }

    private static void data(IpPacket packet, int number, Transfer transfer) {
        long block = unrolled(number, transfer.sent);
        if (block <= transfer.sent) {
            transfer.resent++;
            return;
        }
        transfer.sent = block;
        transfer.lastLength = packet.payloadLength() - 4;
        if (block == 1) {
            transfer.program = BootProgram.read(Arrays.copyOfRange(packet.bytes(), packet.payload() + 4, packet.end()));
        }
    }

    private static BootEvent options(long at, IpPacket packet, Transfer transfer) {
        String[] words = message(packet, 2).split("\0", 32);
        int window = 1;
        OptionalLong size = OptionalLong.empty();
        for (int i = 0; i + 1 < words.length; i += 2) {
            switch (words[i].toLowerCase(Locale.ROOT)) {
                case "blksize" -> transfer.blockSize = Math.max(8, number(words[i + 1]));
                case "windowsize" -> window = Math.max(1, number(words[i + 1]));
                case "tsize" -> size = OptionalLong.of(number(words[i + 1]));
                default -> {}
            }
        }
        return new BootEvent.TftpOptions(at, transfer.who, transfer.client, transfer.blockSize, window, size);
    }

    /// The block that a 16-bit number means, near the one reached: numbers go on from 0 after 65535.
    private static long unrolled(int number, long near) {
        long block = (near & ~0xffffL) + number;
        if (block < near - 0x8000) block += 0x10000;
        if (block > near + 0x8000 && block >= 0x10000) block -= 0x10000;
        return block;
    }

    private static int number(String digits) {
        return digits.matches("[0-9]{1,9}") ? Integer.parseInt(digits) : 0;
    }

    private static String message(IpPacket packet) {
        return message(packet, 4).split("\0", 2)[0];
    }

    private static String message(IpPacket packet, int skip) {
        int from = packet.payload() + skip;
        return new String(packet.bytes(), from, Math.max(0, packet.end() - from), StandardCharsets.ISO_8859_1);
    }

    /// The machine has begun anew: its transfers are over.
    List<BootEvent> over(MacAddress mac) {
        return close(transfer -> transfer.who.mac().equals(Optional.of(mac)));
    }

    private List<BootEvent> idle(long at) {
        return close(transfer -> at - transfer.lastAt > IDLE);
    }

    /// The capture has ended: what is still open is reported as far as it came.
    List<BootEvent> finish() {
        List<BootEvent> events = new ArrayList<>();
        for (Transfer transfer : open.values()) {
            TftpCount count = new TftpCount(transfer.sent, transfer.acked, transfer.resent, transfer.repeats);
            events.add(new BootEvent.TftpProgress(transfer.lastAt, transfer.who, transfer.client, count));
        }
        open.clear();
        return events;
    }

    private List<BootEvent> close(Predicate<Transfer> which) {
        List<BootEvent> events = new ArrayList<>();
        for (Iterator<Transfer> all = open.values().iterator(); all.hasNext(); ) {
            Transfer transfer = all.next();
            if (!which.test(transfer)) continue;
            events.add(transfer.end(TftpOutcome.SILENCE, -1, ""));
            all.remove();
        }
        return events;
    }
}
