package org.ekicho.netboot.dhcp;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.ekicho.wire.BigEndian;
import org.ekicho.wire.IpAddress;

/// Options by their numbers, each once, in the order in which they stand on the wire. Options within an
/// option (43, 82, 175) have the same form and are read with [#decode].
public final class DhcpOptions {
    public static final DhcpOptions NONE = new DhcpOptions(new int[0], new byte[0][]);

    /// The most bytes that one option may have once its parts were joined (RFC 3396): more than fits into
    /// a datagram.
    private static final int MAX_VALUE = 2048;

    private final int[] codes;
    private final byte[][] values;

    private DhcpOptions(int[] codes, byte[][] values) {
        this.codes = codes;
        this.values = values;
    }

    /// Collects options; the same number a second time takes the place of the first.
    public static final class Builder {
        private final List<Integer> codes = new ArrayList<>();
        private final List<byte[]> values = new ArrayList<>();

        Builder() {}

        /// @throws IllegalArgumentException for a number that is no option: 0 and 255
        public Builder set(int code, byte... value) {
            if (code <= OptionCode.PAD || code >= OptionCode.END) {
                throw new IllegalArgumentException("an option has a number of 1..254, not " + code);
            }
            if (value.length > MAX_VALUE) {
                throw new IllegalArgumentException("option " + code + " has more than " + MAX_VALUE + " bytes");
            }
            int at = codes.indexOf(code);
            if (at < 0) {
                codes.add(code);
                values.add(value.clone());
            } else {
                values.set(at, value.clone());
            }
            return this;
        }

        public Builder set8(int code, int value) {
            return set(code, (byte) value);
        }

        public Builder set32(int code, int value) {
            byte[] bytes = new byte[4];
            BigEndian.put32(bytes, 0, value);
            return set(code, bytes);
        }

        public Builder setText(int code, String value) {
            return set(code, value.getBytes(StandardCharsets.UTF_8));
        }

        /// IPv4 addresses, one after the other.
        public Builder setAddresses(int code, List<IpAddress> addresses) {
            byte[] bytes = new byte[4 * addresses.size()];
            for (int i = 0; i < addresses.size(); i++) {
                BigEndian.put32(bytes, 4 * i, addresses.get(i).v4Bits());
            }
            return set(code, bytes);
        }

        public Builder setAddress(int code, IpAddress address) {
            return setAddresses(code, List.of(address));
        }

        /// All of `others`; those that are here already are replaced.
        public Builder setAll(DhcpOptions others) {
            for (int i = 0; i < others.codes.length; i++) {
                set(others.codes[i], others.values[i]);
            }
            return this;
        }

        /// Adds a part: joined to what is here of that number (RFC 3396 §7). What exceeds the limit is
        /// left out.
        void append(int code, byte[] bytes, int from, int to) {
            int at = codes.indexOf(code);
            if (at < 0) {
                codes.add(code);
                values.add(Arrays.copyOfRange(bytes, from, to));
                return;
            }
            byte[] first = values.get(at);
            int more = Math.min(to - from, MAX_VALUE - first.length);
            byte[] joined = Arrays.copyOf(first, first.length + more);
            System.arraycopy(bytes, from, joined, first.length, more);
            values.set(at, joined);
        }

        public DhcpOptions build() {
            return new DhcpOptions(
                    codes.stream().mapToInt(Integer::intValue).toArray(), values.toArray(new byte[values.size()][]));
        }
    }

    public static Builder builder() {
        return new Builder();
    }

    /// Options that lie in a row: number, length, value; 0 fills, 255 ends. An option that is cut short
    /// ends the row and
    /// is left out, as is everything after it.
    public static DhcpOptions decode(byte[] bytes) {
        Builder options = builder();
        decodeInto(options, bytes, 0, bytes.length);
        return options.build();
    }

    static void decodeInto(Builder options, byte[] bytes, int from, int to) {
        int at = from;
        while (at < to) {
            int code = BigEndian.u8(bytes, at);
            if (code == OptionCode.END) return;
            if (code == OptionCode.PAD) {
                at++;
                continue;
            }
            if (at + 1 >= to) return;
            int end = at + 2 + BigEndian.u8(bytes, at + 1);
            if (end > to) return;
            options.append(code, bytes, at + 2, end);
            at = end;
        }
    }

    /// The options in a row with the end mark of option 43 (PXE 2.1 §2.4.7). Values are cut at 255 bytes:
    /// an option within an option has no parts.
    public byte[] encodeWithEnd() {
        byte[] row = encode();
        byte[] ended = Arrays.copyOf(row, row.length + 1);
        ended[row.length] = (byte) OptionCode.END;
        return ended;
    }

    /// The options in a row, without an end mark.
    public byte[] encode() {
        int size = 0;
        for (byte[] value : values) {
            size += 2 + Math.min(value.length, 255);
        }
        byte[] row = new byte[size];
        int at = 0;
        for (int i = 0; i < codes.length; i++) {
            int length = Math.min(values[i].length, 255);
            row[at] = (byte) codes[i];
            row[at + 1] = (byte) length;
            System.arraycopy(values[i], 0, row, at + 2, length);
            at += 2 + length;
        }
        return row;
    }

    public boolean has(int code) {
        return indexOf(code) >= 0;
    }

    /// Numbers in the order of the wire.
    public List<Integer> codes() {
        return Arrays.stream(codes).boxed().toList();
    }

    public int count() {
        return codes.length;
    }

    /// The value as it came; empty array when absent.
    public byte[] bytes(int code) {
        int at = indexOf(code);
        return at < 0 ? new byte[0] : values[at].clone();
    }

    /// The first byte, 0..255.
    public OptionalInt u8(int code) {
        int at = indexOf(code);
        return at < 0 || values[at].length < 1 ? OptionalInt.empty() : OptionalInt.of(BigEndian.u8(values[at], 0));
    }

    /// The first two bytes.
    public OptionalInt u16(int code) {
        int at = indexOf(code);
        return at < 0 || values[at].length < 2 ? OptionalInt.empty() : OptionalInt.of(BigEndian.u16(values[at], 0));
    }

    /// The first four bytes, unsigned.
    public Optional<Long> u32(int code) {
        int at = indexOf(code);
        return at < 0 || values[at].length < 4 ? Optional.empty() : Optional.of(BigEndian.u32(values[at], 0));
    }

    /// The first IPv4 address; empty when there is none or it is `0.0.0.0`.
    public Optional<IpAddress> address(int code) {
        return addresses(code).stream().findFirst().filter(address -> !address.isAny());
    }

    /// IPv4 addresses; an odd rest is left out.
    public List<IpAddress> addresses(int code) {
        byte[] value = bytes(code);
        List<IpAddress> addresses = new ArrayList<>();
        for (int at = 0; at + 4 <= value.length; at += 4) {
            addresses.add(IpAddress.ofV4(BigEndian.i32(value, at)));
        }
        return addresses;
    }

    /// Text up to a NUL, without control characters; empty when absent.
    public String text(int code) {
        return printable(bytes(code));
    }

    /// Bytes up to a NUL as text that may stand in a log: control characters and what is no ASCII become
    /// `?`.
    static String printable(byte[] bytes) {
        StringBuilder text = new StringBuilder(bytes.length);
        for (byte value : bytes) {
            if (value == 0) break;
            text.append(value >= 0x20 && value < 0x7f ? (char) value : '?');
        }
        return text.toString();
    }

    /// All but one.
    public DhcpOptions without(int code) {
        Builder rest = builder();
        for (int i = 0; i < codes.length; i++) {
            if (codes[i] != code) rest.set(codes[i], values[i]);
        }
        return rest.build();
    }

    /// The value itself, for encoding.
    byte[] valueAt(int index) {
        return values[index];
    }

    int codeAt(int index) {
        return codes[index];
    }

    private int indexOf(int code) {
        for (int i = 0; i < codes.length; i++) {
            if (codes[i] == code) return i;
        }
        return -1;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DhcpOptions options
                && Arrays.equals(codes, options.codes)
                && Arrays.deepEquals(values, options.values);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(codes) + Arrays.deepHashCode(values);
    }

    /// `{53=01, 54=0a4d0001}`
    @Override
    public String toString() {
        List<String> shown = new ArrayList<>();
        for (int i = 0; i < codes.length; i++) {
            shown.add(codes[i] + "=" + HexFormat.of().formatHex(values[i]));
        }
        return "{" + String.join(", ", shown) + "}";
    }
}
