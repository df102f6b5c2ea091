package org.ekicho.site.ntpkeys;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ekicho.ntp.auth.KeyType;
import org.ekicho.ntp.auth.SymmetricKey;
import org.ekicho.site.diagnostic.Diagnostic;
import org.ekicho.site.diagnostic.Diagnostics;
import org.ekicho.site.diagnostic.Position;
import org.ekicho.site.diagnostic.Suggestions;

/// `ID [TYPE] [ASCII:|HEX:]SECRET`, as chronyd reads it: a line that begins with `! ; # %` is a comment, `#` further
/// on is a part of the secret, types are written in capitals, no type is MD5, no prefix is text. A line that cannot
/// be read is passed over.
final class ChronyKeyLines {
    private static final int MAX_LINE = 2047;
    private static final String EXAMPLE = "10 AES128 HEX:" + "0123456789abcdef".repeat(2);

    private static final Map<String, KeyType> TYPES = Map.of(
            "MD5", KeyType.MD5,
            "SHA1", KeyType.SHA1,
            "SHA256", KeyType.SHA256,
            "SHA384", KeyType.SHA384,
            "SHA512", KeyType.SHA512,
            "AES128", KeyType.AES128CMAC,
            "AES256", KeyType.AES256CMAC);

    private final String source;
    private final Diagnostics problems;

    ChronyKeyLines(String source, Diagnostics problems) {
        this.source = source;
        this.problems = problems;
    }

    List<KeyLine> read(String text) {
        List<KeyLine> lines = new ArrayList<>();
        String[] all = text.split("\n", -1);
        for (int i = 0; i < all.length; i++) {
            line(all[i], i + 1).ifPresent(lines::add);
        }
        return lines;
    }

    private Optional<KeyLine> line(String line, int number) {
        List<int[]> words = words(line);
        if (words.isEmpty() || "!;#%".indexOf(line.charAt(words.getFirst()[0])) >= 0) {
            return Optional.empty();
        }
        Position start = new Position(source, number, words.getFirst()[0] + 1);
        if (line.length() > MAX_LINE) {
            return passedOver(start, "the line has more than " + MAX_LINE + " characters");
        }
        long id = id(text(line, words.getFirst()));
        if (id == 0) {
            return passedOver(start, "it does not begin with a key id (1..4294967295)");
        }
        if (words.size() < 2 || words.size() > 3) {
            return passedOver(start, words.size() < 2 ? "key " + id + " has no secret" : "it has too many words");
        }
        int[] typeWord = words.get(1);
        String typeName = words.size() == 2 ? "MD5" : text(line, typeWord);
        KeyType type = TYPES.get(typeName);
        if (type == null) {
            problems.add(Diagnostic.warning(
                            new Position(source, number, typeWord[0] + 1),
                            "key " + id + " is dropped: type \"" + typeName.replaceAll("[^ -~]", "?")
                                    + "\" is not known (capitals matter)")
                    .expected("MD5, SHA1, SHA256, SHA384, SHA512, AES128 or AES256")
                    .suggestion(Suggestions.nearest(typeName, TYPES.keySet())));
            return Optional.empty();
        }
        return key((int) id, type, text(line, words.getLast()), new Position(source, number, words.getLast()[0] + 1));
    }

    private Optional<KeyLine> key(int id, KeyType type, String written, Position at) {
        boolean hex = written.startsWith("HEX:");
        String secret = hex ? written.substring(4) : written.startsWith("ASCII:") ? written.substring(6) : written;
        if (hex && !secret.matches("([0-9a-fA-F]{2})+")) {
            return passedOver(at, "what follows HEX: is not pairs of hexadecimal digits");
        }
        byte[] bytes = hex ? HexFormat.of().parseHex(secret) : secret.getBytes(StandardCharsets.ISO_8859_1);
        if (bytes.length == 0 || bytes.length > SymmetricKey.MAX_SECRET) {
            return passedOver(at, "the secret has " + bytes.length + " bytes");
        }
        int wanted = type == KeyType.AES128CMAC ? 16 : type == KeyType.AES256CMAC ? 32 : bytes.length;
        if (bytes.length != wanted) {
            return passedOver(at, type.algorithm() + " takes " + wanted + " bytes, and the secret has " + bytes.length);
        }
        KeyLine.Notation notation = hex
                ? KeyLine.Notation.HEX
                : written.startsWith("ASCII:") ? KeyLine.Notation.TEXT : KeyLine.notationOfText(secret);
        return Optional.of(new KeyLine(at, new SymmetricKey(id, type, bytes, List.of()), notation, secret.length()));
    }

    private Optional<KeyLine> passedOver(Position at, String why) {
        problems.add(
                Diagnostic.warning(at, "chronyd passes over this line: " + why).example(EXAMPLE));
        return Optional.empty();
    }

    /// The id as an unsigned 32-bit number; 0 when it is none.
    private static long id(String text) {
        if (text.isEmpty() || text.length() > 10 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return 0;
        }
        long id = Long.parseLong(text);
        return id > 0xffff_ffffL ? 0 : id;
    }

    private static String text(String line, int[] word) {
        return line.substring(word[0], word[1]);
    }

    /// Start and end of each word.
    private static List<int[]> words(String line) {
        List<int[]> words = new ArrayList<>();
        int i = 0;
        while (i < line.length()) {
            while (i < line.length() && isBlank(line.charAt(i))) {
                i++;
            }
            int start = i;
            while (i < line.length() && !isBlank(line.charAt(i))) {
                i++;
            }
            if (i > start) {
                words.add(new int[] {start, i});
            }
        }
        return words;
    }

    private static boolean isBlank(char c) {
        return c == ' ' || (c >= '\t' && c <= '\r');
    }
}
