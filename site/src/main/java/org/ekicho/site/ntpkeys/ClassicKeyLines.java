package org.ekicho.site.ntpkeys;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.ekicho.ntp.auth.KeyType;
import org.ekicho.ntp.auth.SymmetricKey;
import org.ekicho.site.diagnostic.Diagnostic;
import org.ekicho.site.diagnostic.Diagnostics;
import org.ekicho.site.diagnostic.Position;
import org.ekicho.wire.IpPrefix;

/// `ID TYPE SECRET [ADDRESS[/BITS],...]`, as classic ntpd and NTPsec read it: words are parted by blanks and tabs, `#`
/// cuts the line wherever it stands, a secret of up to 20 characters is text and a longer one is hexadecimal. One
/// malformed line makes ntpd reject the whole file; a type that it does not know only drops the key.
final class ClassicKeyLines {
    /// ntpd reads pieces of 511 bytes; what is left of a longer line is taken for a line of its own.
    private static final int PIECE = 511;

    private static final int MAX_TEXT = 20;
    private static final int MAX_HEX_NTPD = 128;
    private static final int MAX_HEX_NTPSEC = 64;
    private static final int MAX_ID = 65_535;
    private static final String EXAMPLE = "10 SHA1 " + "0123456789abcdef".repeat(2) + "01234567";

    /// Digests that OpenSSL knows by a name with M, so that they do not fall back to MD5.
    private static final Set<String> OTHER_M = Set.of("MD4", "MDC2", "MD5-SHA1");

    private final String source;
    private final KeyDialect dialect;
    private final Diagnostics problems;

    ClassicKeyLines(String source, KeyDialect dialect, Diagnostics problems) {
        this.source = source;
        this.dialect = dialect;
        this.problems = problems;
    }

    List<KeyLine> read(String text) {
        List<KeyLine> lines = new ArrayList<>();
        String[] all = text.split("\n", -1);
        for (int i = 0; i < all.length; i++) {
            String line = all[i];
            if (line.length() > PIECE) {
                problems.add(Diagnostic.warning(
                        new Position(source, i + 1, PIECE + 1),
                        "ntpd reads 511 bytes of a line; what follows is a line of its own to it"));
            }
            for (int start = 0; start == 0 || start < line.length(); start += PIECE) {
                String piece = line.substring(start, Math.min(line.length(), start + PIECE));
                line(piece, i + 1, start).ifPresent(lines::add);
            }
        }
        return lines;
    }

    private Optional<KeyLine> line(String piece, int number, int shift) {
        List<Token> tokens = tokens(piece, number, shift);
        if (tokens.isEmpty()) {
            return Optional.empty();
        }
        Token idToken = tokens.getFirst();
        int id = id(idToken);
        if (id == 0) {
            return Optional.empty();
        }
        if (tokens.size() < 3) {
            Token last = tokens.getLast();
            malformed(last.after(), "key " + id + " has no " + (tokens.size() == 1 ? "type" : "secret"))
                    .add(EXAMPLE);
            return Optional.empty();
        }
        Optional<KeyType> type = type(tokens.get(1), id);
        Token secret = tokens.get(2);
        Optional<byte[]> bytes = secret(secret, id);
        Optional<List<IpPrefix>> servers = tokens.size() > 3 ? servers(tokens.get(3), id) : Optional.of(List.of());
        if (tokens.size() > 4) {
            problems.add(Diagnostic.warning(tokens.get(4).at(), "ntpd does not read what stands behind the addresses"));
        }
        if (type.isEmpty() || bytes.isEmpty() || servers.isEmpty()) {
            return Optional.empty();
        }
        KeyLine.Notation notation =
                secret.text().length() > MAX_TEXT ? KeyLine.Notation.HEX : KeyLine.notationOfText(secret.text());
        SymmetricKey key = new SymmetricKey(id, type.get(), fitted(bytes.get(), type.get()), servers.get());
        return Optional.of(new KeyLine(secret.at(), key, notation, secret.text().length()));
    }

    /// As C's `atoi`: the digits at the front count. 0 when it is no id.
    private int id(Token token) {
        int length = 0;
        while (length < token.text().length() && isDigit(token.text().charAt(length))) {
            length++;
        }
        String digits = token.text().substring(0, length);
        int id = digits.isEmpty() ? 0 : digits.length() > 9 ? Integer.MAX_VALUE : Integer.parseInt(digits);
        if (id < 1 || id > MAX_ID) {
            boolean large = id > MAX_ID;
            malformed(
                            token.at(),
                            "\"" + token.printable() + "\" is no key id"
                                    + (large ? ": ntpd keeps ids above 65535 for Autokey (chronyd takes them)" : ""))
                    .add(EXAMPLE);
            return 0;
        }
        if (digits.length() < token.text().length()) {
            problems.add(Diagnostic.warning(token.at(), "\"" + token.printable() + "\" is read as key id " + id));
        }
        return id;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private Optional<KeyType> type(Token token, int id) {
        String name = token.text().toUpperCase(Locale.ROOT);
        Optional<KeyType> type = KeyType.ofFileName(name);
        if (type.isEmpty() && dialect == KeyDialect.NTPSEC) {
            type = switch (name) {
                case "AES", "AES-128", "AES-128-CBC", "AES128" -> Optional.of(KeyType.AES128CMAC);
                case "AES-256", "AES-256-CBC", "AES256" -> Optional.of(KeyType.AES256CMAC);
                default -> Optional.empty();
            };
        }
        if (type.isEmpty() && name.startsWith("M") && !OTHER_M.contains(name)) {
            if (!name.equals("M")) {
                problems.add(Diagnostic.warning(
                        token.at(), "\"" + token.printable() + "\" is read as MD5, like every word with m"));
            }
            return Optional.of(KeyType.MD5);
        }
        if (type.isEmpty()) {
            problems.add(Diagnostic.warning(
                            token.at(), "key " + id + " is dropped: type \"" + token.printable() + "\" is not known")
                    .expected("MD5, SHA1, SHA256, SHA384, SHA512, AES128CMAC or AES256CMAC"));
        } else if (type.get() == KeyType.AES256CMAC && dialect == KeyDialect.NTPD) {
            problems.add(Diagnostic.warning(token.at(), "classic ntpd does not know AES256CMAC and drops key " + id));
        }
        return type;
    }

    private Optional<byte[]> secret(Token token, int id) {
        String text = token.text();
        if (text.endsWith("\r")) {
            problems.add(Diagnostic.warning(
                    token.at(),
                    "the line ends as in DOS files, and ntpd takes the carriage return for a part of key " + id));
        }
        if (text.length() <= MAX_TEXT) {
            return Optional.of(text.getBytes(StandardCharsets.ISO_8859_1));
        }
        int limit = dialect == KeyDialect.NTPD ? MAX_HEX_NTPD : MAX_HEX_NTPSEC;
        String hex = text.substring(0, Math.min(limit, text.length()));
        if (text.length() > limit) {
            problems.add(Diagnostic.warning(
                    token.at(), dialect.word() + " takes " + limit / 2 + " bytes of key " + id + " and no more"));
        }
        for (int i = 0; i < hex.length(); i++) {
            if (!HexFormat.isHexDigit(hex.charAt(i))) {
                malformed(
                                token.at(i),
                                "key " + id + " is longer than " + MAX_TEXT + " characters, so it must be "
                                        + "hexadecimal, and this character is not")
                        .add(EXAMPLE);
                return Optional.empty();
            }
        }
        if (hex.length() % 2 != 0) {
            malformed(token.at(), "key " + id + " has an odd number of hexadecimal digits: " + hex.length())
                    .add(EXAMPLE);
            return Optional.empty();
        }
        return Optional.of(HexFormat.of().parseHex(hex));
    }

    private Optional<List<IpPrefix>> servers(Token token, int id) {
        List<IpPrefix> servers = new ArrayList<>();
        boolean good = true;
        int offset = 0;
        for (String item : token.text().split(",", -1)) {
            Optional<IpPrefix> prefix = IpPrefix.parse(item);
            if (prefix.isPresent()) {
                servers.add(prefix.get());
            } else {
                malformed(token.at(offset), "not an address for key " + id)
                        .add("10 SHA1 SECRET 192.168.55.1,192.168.56.0/24");
                good = false;
            }
            offset += item.length() + 1;
        }
        return good ? Optional.of(servers) : Optional.empty();
    }

    /// CMAC keys are filled up with zeros or cut to their cipher's length.
    private static byte[] fitted(byte[] secret, KeyType type) {
        return switch (type) {
            case AES128CMAC -> Arrays.copyOf(secret, 16);
            case AES256CMAC -> Arrays.copyOf(secret, 32);
            case MD5, SHA1, SHA256, SHA384, SHA512 -> secret;
        };
    }

    /// Begins an error; `add` completes it with an example.
    private Malformed malformed(Position at, String what) {
        return example -> problems.add(Diagnostic.error(at, what + "; " + dialect.word() + " rejects the whole file")
                .example(example));
    }

    private interface Malformed {
        void add(String example);
    }

    private record Token(String text, String source, int line, int column) {
        Position at() {
            return new Position(source, line, column);
        }

        Position at(int offset) {
            return new Position(source, line, column + offset);
        }

        Position after() {
            return new Position(source, line, column + text.length());
        }

        String printable() {
            return text.replaceAll("[^ -~]", "?");
        }
    }

    private List<Token> tokens(String piece, int number, int shift) {
        List<Token> tokens = new ArrayList<>();
        int i = 0;
        while (i < piece.length()) {
            while (i < piece.length() && (piece.charAt(i) == ' ' || piece.charAt(i) == '\t')) {
                i++;
            }
            int start = i;
            while (i < piece.length() && " \t#\0".indexOf(piece.charAt(i)) < 0) {
                i++;
            }
            // A token without a character ends the line: at its end, at a comment, at a zero byte.
            if (start == i || (i - start == 1 && piece.charAt(start) == '\r' && tokens.isEmpty())) {
                break;
            }
            tokens.add(new Token(piece.substring(start, i), source, number, shift + start + 1));
            if (i < piece.length() && (piece.charAt(i) == '#' || piece.charAt(i) == '\0')) {
                break;
            }
        }
        return tokens;
    }
}
