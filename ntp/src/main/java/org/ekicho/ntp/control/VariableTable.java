package org.ekicho.ntp.control;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/// The variables of one kind of thing, in the order in which all of them are told.
///
/// @param <T> what they are variables of
final class VariableTable<T> {
    /// When a variable is told.
    enum Shown {
        /// Whenever all variables are asked for.
        ALWAYS,
        /// Only when its name is asked for.
        ON_REQUEST
    }

    private record Variable<T>(Shown shown, Predicate<T> exists, Function<T, Object> value) {}

    private final Map<String, Variable<T>> variables = new LinkedHashMap<>();

    VariableTable<T> add(String name, Function<T, Object> value) {
        return add(Shown.ALWAYS, name, value);
    }

    VariableTable<T> add(Shown shown, String name, Function<T, Object> value) {
        variables.put(name, new Variable<>(shown, subject -> true, value));
        return this;
    }

    /// A variable that is left out of the whole list where it does not exist, and is then the empty text by name.
    VariableTable<T> addWhen(String name, Predicate<T> exists, Function<T, Object> value) {
        variables.put(name, new Variable<>(Shown.ALWAYS, exists, value));
        return this;
    }

    /// All that is told without being asked for by name.
    String all(T subject) {
        VariableText text = new VariableText();
        variables.forEach((name, variable) -> {
            if (variable.shown() == Shown.ALWAYS && variable.exists().test(subject)) {
                text.add(name, variable.value().apply(subject).toString());
            }
        });
        return text.finish();
    }

    /// The named ones, each once (so that repeating a name draws no larger answer), in the order asked; empty when
    /// one of them is unknown: classic then tells nothing at all, and ntpq of NTPsec counts on it.
    Optional<String> named(T subject, Iterable<String> names) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String name : names) {
            Variable<T> variable = variables.get(name);
            if (variable == null) {
                return Optional.empty();
            }
            values.computeIfAbsent(
                    name,
                    asked -> variable.exists().test(subject)
                            ? variable.value().apply(subject).toString()
                            : "\"\"");
        }
        VariableText text = new VariableText();
        values.forEach(text::add);
        return Optional.of(text.finish());
    }
}
