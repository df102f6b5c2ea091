package org.ekicho.site.ntpconf;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.ekicho.site.diagnostic.Diagnostic;
import org.ekicho.site.diagnostic.Diagnostics;
import org.ekicho.site.diagnostic.Suggestions;
import org.ekicho.wire.IpAddress;

/// Words into numbers and names, shared by the parts of the grammar.
final class Grammar {
    /// The greatest key id of classic ntpd; ids above belong to Autokey there.
    static final int MAX_KEY_ID = 65_535;

    private Grammar() {}

    /// The next word; without one, an error that says what should have stood there.
    static Optional<Word> required(ConfLine line, String what, String example, Diagnostics problems) {
        Optional<Word> word = line.next();
        if (word.isEmpty()) {
            problems.add(Diagnostic.error(line.end(), line.keyword().text() + " ends too early")
                    .expected(what)
                    .example(example));
        }
        return word;
    }

    /// A whole number in a range.
    static OptionalInt integer(ConfLine line, Word name, int min, int max, Diagnostics problems) {
        String what = "a whole number " + min + ".." + max;
        Optional<Word> word = required(line, what, name.text() + " " + min, problems);
        if (word.isEmpty()) {
            return OptionalInt.empty();
        }
        OptionalInt value = integer(word.get().text());
        if (value.isEmpty() || value.getAsInt() < min || value.getAsInt() > max) {
            problems.add(Diagnostic.error(
                            word.get().at(),
                            name.text() + " takes no \"" + word.get().text() + "\"")
                    .expected(what));
            return OptionalInt.empty();
        }
        return value;
    }

    /// A number with or without fraction.
    static OptionalDouble number(ConfLine line, Word name, Diagnostics problems) {
        Optional<Word> word = required(line, "a number", name.text() + " 1", problems);
        if (word.isEmpty()) {
            return OptionalDouble.empty();
        }
        OptionalDouble value = number(word.get().text());
        if (value.isEmpty()) {
            problems.add(Diagnostic.error(
                            word.get().at(),
                            name.text() + " takes no \"" + word.get().text() + "\"")
                    .expected("a number"));
        }
        return value;
    }

    /// Nothing may be left of the line.
    static void end(ConfLine line, Diagnostics problems) {
        line.peek()
                .ifPresent(word -> problems.add(Diagnostic.error(
                        word.at(),
                        "\"" + word.text() + "\" does not belong to "
                                + line.keyword().text())));
    }

    /// A word that is none of those known here.
    static void unknown(ConfLine line, Word word, List<String> known, Diagnostics problems) {
        problems.add(Diagnostic.error(word.at(), line.keyword().text() + " knows no word \"" + word.text() + "\"")
                .expected("one of " + String.join(", ", known))
                .suggestion(Suggestions.nearest(word.text(), known)));
    }

    static OptionalInt integer(String text) {
        int digits = text.startsWith("-") ? text.length() - 1 : text.length();
        if (digits < 1
                || digits > 9
                || !text.substring(text.length() - digits).chars().allMatch(Grammar::isDigit)) {
            return OptionalInt.empty();
        }
        return OptionalInt.of(Integer.parseInt(text));
    }

    /// Plain decimals and exponents as C's scanner takes them; no `NaN`, no hexadecimal.
    static OptionalDouble number(String text) {
        boolean plain = text.length() <= 32
                && text.chars().allMatch(c -> isDigit(c) || "+-.eE".indexOf(c) >= 0)
                && text.chars().anyMatch(Grammar::isDigit);
        if (!plain) {
            return OptionalDouble.empty();
        }
        try {
            double value = Double.parseDouble(text);
            return Double.isFinite(value) ? OptionalDouble.of(value) : OptionalDouble.empty();
        } catch (NumberFormatException e) {
            return OptionalDouble.empty();
        }
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    /// The `t` of 127.127.t.u, a reference clock; 0 for anything else.
    static int clockType(String address) {
        Optional<IpAddress> parsed = IpAddress.parse(address);
        if (parsed.isEmpty() || !parsed.get().isV4() || parsed.get().v4Bits() >>> 16 != 0x7f7f) {
            return 0;
        }
        return parsed.get().v4Bits() >>> 8 & 0xff;
    }
}
