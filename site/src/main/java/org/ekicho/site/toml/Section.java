package org.ekicho.site.toml;

import java.util.List;
import java.util.Optional;

/// One table of the site file.
///
/// @param name    path such as `time.server`
/// @param repeat  whether it may stand more than once
/// @param meaning what it is for
/// @param keys    its keys in the order of the manual
/// @param free    what every other key means, where names are the operator's own
record Section(String name, Repeat repeat, String meaning, List<Key> keys, Optional<Key> free) {
    /// `[name]` or `[[name]]`.
    enum Repeat {
        ONCE,
        MANY
    }

    Section {
        keys = List.copyOf(keys);
    }

    /// A table that takes these keys and no other.
    Section(String name, Repeat repeat, String meaning, List<Key> keys) {
        this(name, repeat, meaning, keys, Optional.empty());
    }

    Optional<Key> find(String key) {
        return named(key).or(() -> free.map(f -> new Key(key, f.kind(), f.fallback(), f.example(), f.meaning())));
    }

    /// The key that the schema itself names so.
    Optional<Key> named(String key) {
        return keys.stream().filter(k -> k.name().equals(key)).findFirst();
    }

    /// The last part of the path.
    String lastName() {
        return name.substring(name.lastIndexOf('.') + 1);
    }

    /// As written in the file.
    String header() {
        return repeat == Repeat.MANY ? "[[" + name + "]]" : "[" + name + "]";
    }
}
