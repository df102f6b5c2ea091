package org.ekicho.netboot.tftp;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.ekicho.netboot.tftp.TftpPacket.Ack;
import org.ekicho.netboot.tftp.TftpPacket.Data;
import org.ekicho.netboot.tftp.TftpPacket.Failure;
import org.ekicho.netboot.tftp.TftpPacket.OptionAck;
import org.ekicho.netboot.tftp.TftpPacket.Read;
import org.ekicho.netboot.tftp.TftpPacket.Unfit;
import org.ekicho.netboot.tftp.TftpPacket.Write;
import org.ekicho.wire.BigEndian;

/// TFTP packets between bytes and values. Any bytes decode to something; what is malformed is an [Unfit] that
/// says why.
public final class TftpCodec {
    public static final int READ = 1;
    public static final int WRITE = 2;
    public static final int DATA = 3;
    public static final int ACK = 4;
    public static final int ERROR = 5;
    public static final int OPTION_ACK = 6;

    /// Bytes before the payload of a DATA packet.
    public static final int DATA_HEADER = 4;
    /// Requests are short: RFC 2347 allows 512 bytes.
    public static final int MAX_REQUEST = 512;
    /// Longer than any file name that firmware has room for (128 in DHCP's `file`, 255 in option 67).
    public static final int MAX_NAME = 400;
    /// Six options are registered; vendors add a few.
    private static final int MAX_OPTIONS = 16;
    /// Our and others' messages are a line.
    private static final int MAX_MESSAGE = 200;

    private TftpCodec() {}

    /// Decodes the first `length` bytes.
    public static TftpPacket decode(byte[] bytes, int length) {
        if (length < 4) return new Unfit("shorter than any TFTP packet");
        int second = BigEndian.u16(bytes, 2);
        int code = BigEndian.u16(bytes, 0);
        return switch (code) {
            case READ, WRITE -> request(bytes, length, code);
            case DATA -> new Data(second, DATA_HEADER, length - DATA_HEADER);
            case ACK -> new Ack(second);
            case ERROR -> new Failure(second, message(bytes, length));
            case OPTION_ACK -> optionAck(bytes, length);
            default -> new Unfit("operation " + code + " is none of TFTP");
        };
    }

    private static TftpPacket request(byte[] bytes, int length, int code) {
        if (length > MAX_REQUEST) return new Unfit("a request of more than " + MAX_REQUEST + " bytes");
        int nameEnd = end(bytes, 2, length);
        if (nameEnd == length) return new Unfit("a request whose file name has no end");
        if (nameEnd - 2 > MAX_NAME) return new Unfit("a file name of more than " + MAX_NAME + " bytes");
        int modeEnd = end(bytes, nameEnd + 1, length);
        // Some boot ROMs leave the last zero away: what is there counts.
        String file = text(bytes, 2, nameEnd);
        String mode = text(bytes, nameEnd + 1, modeEnd).toLowerCase(Locale.ROOT);
        if (mode.isEmpty()) return new Unfit("a request without a mode");
        List<TftpOption> options = options(bytes, Math.min(modeEnd + 1, length), length);
        return code == READ ? new Read(file, mode, options) : new Write(file, mode, options);
    }

    private static TftpPacket optionAck(byte[] bytes, int length) {
        if (length > MAX_REQUEST) return new Unfit("an option acknowledgement of more than " + MAX_REQUEST + " bytes");
        List<TftpOption> options = options(bytes, 2, length);
        return options.isEmpty() ? new Unfit("an option acknowledgement without options") : new OptionAck(options);
    }

    /// Pairs of name and value. What follows the last whole pair is padding that some ROMs send.
    private static List<TftpOption> options(byte[] bytes, int from, int length) {
        List<TftpOption> options = new ArrayList<>();
        int at = from;
        while (at < length && options.size() < MAX_OPTIONS) {
            int nameEnd = end(bytes, at, length);
            int valueEnd = end(bytes, Math.min(nameEnd + 1, length), length);
            if (nameEnd == at || (valueEnd == length && !isValue(bytes, nameEnd + 1, length))) break;
            TftpOption option = new TftpOption(text(bytes, at, nameEnd), text(bytes, nameEnd + 1, valueEnd));
            if (options.stream().noneMatch(other -> other.name().equals(option.name()))) options.add(option);
            at = valueEnd + 1;
        }
        return options;
    }

    /// A last value whose zero is missing.
    private static boolean isValue(byte[] bytes, int from, int to) {
        return from < to && bytes[to - 1] >= '0' && bytes[to - 1] <= '9';
    }

    private static String message(byte[] bytes, int length) {
        int end = Math.min(end(bytes, 4, length), 4 + MAX_MESSAGE);
        StringBuilder message = new StringBuilder(end - 4);
        for (int i = 4; i < end; i++) {
            message.append(bytes[i] >= ' ' && bytes[i] < 0x7f ? (char) bytes[i] : '?');
        }
        return message.toString();
    }

    /// Where the next zero is, or `length`.
    private static int end(byte[] bytes, int from, int length) {
        int at = from;
        while (at < length && bytes[at] != 0) at++;
        return Math.min(at, length);
    }

    private static String text(byte[] bytes, int from, int to) {
        return from >= to ? "" : new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    }

    /// A packet as bytes. The message of an ERROR is cut at 200 characters and loses what is not printable
    /// ASCII.
    ///
    /// @throws IllegalArgumentException for DATA, whose payload is not in the value, and for what is unfit
    public static byte[] encode(TftpPacket packet) {
        return switch (packet) {
            case Read read -> request(READ, read.file(), read.mode(), read.options());
            case Write write -> request(WRITE, write.file(), write.mode(), write.options());
            case OptionAck ack -> new Line(OPTION_ACK).add(ack.options()).bytes();
            case Ack ack -> {
                byte[] bytes = new byte[DATA_HEADER];
                header(bytes, ACK, ack.block());
                yield bytes;
            }
            case Failure error -> error(error);
            case Data data -> throw new IllegalArgumentException("the payload is not here: " + data);
            case Unfit unfit -> throw new IllegalArgumentException(unfit.what());
        };
    }

    private static byte[] request(int operation, String file, String mode, List<TftpOption> options) {
        return new Line(operation).add(file).add(mode).add(options).bytes();
    }

    private static byte[] error(Failure error) {
        String message = error.message().substring(0, Math.min(error.message().length(), MAX_MESSAGE));
        byte[] text = message.replaceAll("[^ -~]", "?").getBytes(StandardCharsets.ISO_8859_1);
        byte[] bytes = new byte[4 + text.length + 1];
        header(bytes, ERROR, error.code());
        System.arraycopy(text, 0, bytes, 4, text.length);
        return bytes;
    }

    /// Writes the two 16-bit fields that begin DATA, ACK and ERROR.
    public static void header(byte[] bytes, int operation, int second) {
        BigEndian.put16(bytes, 0, operation);
        BigEndian.put16(bytes, 2, second);
    }

    /// Strings that each end with a zero, behind an operation.
    private static final class Line {
        private byte[] bytes = new byte[2];

        Line(int operation) {
            BigEndian.put16(bytes, 0, operation);
        }

        Line add(String text) {
            byte[] more = text.getBytes(StandardCharsets.ISO_8859_1);
            int old = bytes.length;
            bytes = Arrays.copyOf(bytes, old + more.length + 1);
            System.arraycopy(more, 0, bytes, old, more.length);
            return this;
        }

        Line add(List<TftpOption> options) {
            options.forEach(option -> add(option.name()).add(option.value()));
            return this;
        }

        byte[] bytes() {
            return bytes;
        }
    }
}
