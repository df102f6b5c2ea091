package org.ekicho.site.ntpconf;

import java.util.List;
import java.util.Optional;

/// The words behind a `server` or `broadcast` address, in the order written. The last of the same name counts.
public record Options(List<Option> all) {
    /// One option: a flag such as `iburst` (value 0), or a name with its number.
    public record Option(Word name, int value) {}

    public Options {
        all = List.copyOf(all);
    }

    public Optional<Option> find(String name) {
        return all.reversed().stream().filter(o -> o.name().text().equals(name)).findFirst();
    }

    public boolean has(String name) {
        return find(name).isPresent();
    }

    public int value(String name, int fallback) {
        return find(name).map(Option::value).orElse(fallback);
    }
}
