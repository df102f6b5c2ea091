package org.ekicho.site.toml;

import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

    /// A time span such as `30m`, `6h`, `1d`.
    record Span() implements Kind {
        private static final Pattern FORM = Pattern.compile("([1-9][0-9]{0,5})([smhdw])");

        /// The span of a text that this kind takes.
        static Duration parse(String text) {
            Matcher form = FORM.matcher(text);
            if (!form.matches()) {
                throw new IllegalArgumentException("no time span: " + text);
            }
            long number = Long.parseLong(form.group(1));
            return switch (form.group(2)) {
                case "s" -> Duration.ofSeconds(number);
                case "m" -> Duration.ofMinutes(number);
                case "h" -> Duration.ofHours(number);
                case "d" -> Duration.ofDays(number);
                default -> Duration.ofDays(7 * number);
            };
        }

        @Override
        public boolean takes(Object value) {
            return value instanceof String text && FORM.matcher(text).matches();
        }

        @Override
        public String words() {
            return "a number with s, m, h, d or w";
        }
    }

    /// Bytes a second such as `500k`, `20M`; units are powers of 1024 as with dnf and curl.
    record Rate() implements Kind {
        private static final Pattern FORM = Pattern.compile("([1-9][0-9]{0,8})([kKMG]?)");

        /// The bytes a second of a text that this kind takes.
        static long parse(String text) {
            Matcher form = FORM.matcher(text);
            if (!form.matches()) {
                throw new IllegalArgumentException("no rate: " + text);
            }
            int shift = switch (form.group(2)) {
                case "k", "K" -> 10;
                case "M" -> 20;
                case "G" -> 30;
                default -> 0;
            };
            return Long.parseLong(form.group(1)) << shift;
        }

        @Override
        public boolean takes(Object value) {
            return value instanceof String text && FORM.matcher(text).matches();
        }

        @Override
        public String words() {
            return "bytes a second, with k, M or G";
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
