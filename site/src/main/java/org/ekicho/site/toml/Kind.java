package org.ekicho.site.toml;

import java.util.List;
import org.tomlj.TomlArray;

/// What values a key of the site file takes.
sealed interface Kind {
    /// True when this value, as the TOML parser gives it, is one.
    boolean takes(Object value);

    /// In words, for messages and the manual.
    String words();

    /// Any text that is not empty.
    record Text() implements Kind {
        @Override
        public boolean takes(Object value) {
            return value instanceof String text && !text.isBlank();
        }

        @Override
        public String words() {
            return "text";
        }
    }

    /// One of some words.
    record Choice(List<String> choices) implements Kind {
        public Choice {
            choices = List.copyOf(choices);
        }

        @Override
        public boolean takes(Object value) {
            return value instanceof String text && choices.contains(text);
        }

        @Override
        public String words() {
            return "one of "
                    + String.join(
                            ", ", choices.stream().map(c -> "\"" + c + "\"").toList());
        }
    }

    /// A whole number.
    record Whole(long min, long max) implements Kind {
        @Override
        public boolean takes(Object value) {
            return value instanceof Long number && number >= min && number <= max;
        }

        @Override
        public String words() {
            return "a whole number " + min + ".." + max;
        }
    }

    /// A number with or without fraction.
    record Decimal(double min, double max) implements Kind {
        @Override
        public boolean takes(Object value) {
            return switch (value) {
                case Long number -> number >= min && number <= max;
                case Double number -> number >= min && number <= max;
                default -> false;
            };
        }

        @Override
        public String words() {
            return "a number " + text(min) + ".." + text(max);
        }

        private static String text(double value) {
            return value == Math.rint(value) ? String.valueOf((long) value) : String.valueOf(value);
        }
    }

    /// `true` or `false`.
    record Switch() implements Kind {
        @Override
        public boolean takes(Object value) {
            return value instanceof Boolean;
        }

        @Override
        public String words() {
            return "true or false";
        }
    }

    /// A list whose items are all of one kind.
    record ListOf(Kind item) implements Kind {
        @Override
        public boolean takes(Object value) {
            return value instanceof TomlArray array && array.toList().stream().allMatch(item::takes);
        }

        @Override
        public String words() {
            return "a list, each " + item.words();
        }
    }
}
