package org.ekicho.site.repofile;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.ekicho.site.diagnostic.Position;

/// One section of a `.repo` file: its values and the keys that are commented out in it. Belongs to one reading.
final class RepoSection {
    private final String id;
    private final Position at;
    private final Map<String, RepoValue> values = new LinkedHashMap<>();
    private final Set<String> commented = new LinkedHashSet<>();

    RepoSection(String id, Position at) {
        this.id = id;
        this.at = at;
    }

    String id() {
        return id;
    }

    Position at() {
        return at;
    }

    /// The value of a key, which an empty one is not.
    Optional<RepoValue> value(String key) {
        return Optional.ofNullable(values.get(key)).filter(v -> !v.text().isBlank());
    }

    Map<String, RepoValue> values() {
        return values;
    }

    Set<String> commented() {
        return commented;
    }
}
