package org.ekicho.ntp.control;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The data of a query: `name`, or `name=value`, joined by commas; a value may stand in double quotes.
final class VariableNames {
    /// Most items that are read. ntpq never asks for more than a few dozen; each costs a look-up.
    private static final int MAX_ITEMS = 128;

    private static final String NAME_LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-";

    private VariableNames() {}

    /// @param value empty when only a name was given
    record Item(String name, String value) {}

    /// The items in order; empty when this is no list of variables. An empty text is an empty list. Control
    /// characters (line ends, trailing zero bytes) count as blanks.
    static Optional<List<Item>> parse(String data) {
        List<Item> items = new ArrayList<>();
        for (String part : split(data)) {
            if (part.isEmpty()) {
                continue;
            }
            int equals = part.indexOf('=');
            String name = (equals < 0 ? part : part.substring(0, equals)).strip();
            String value = equals < 0 ? "" : part.substring(equals + 1).strip();
            if (!isName(name) || items.size() == MAX_ITEMS) {
                return Optional.empty();
            }
            items.add(new Item(name, unquoted(value)));
        }
        return Optional.of(items);
    }

    private static List<String> split(String data) {
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < data.length(); i++) {
            char c = data.charAt(i);
            quoted ^= c == '"';
            if (c == ',' && !quoted) {
                parts.add(part.toString().strip());
                part.setLength(0);
            } else {
                part.append(c < ' ' ? ' ' : c);
            }
        }
        parts.add(part.toString().strip());
        return parts;
    }

    private static boolean isName(String name) {
        return !name.isEmpty() && name.chars().allMatch(c -> NAME_LETTERS.indexOf(c) >= 0);
    }

    private static String unquoted(String value) {
        return value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"")
                ? value.substring(1, value.length() - 1)
                : value;
    }
}
