package org.ekicho.site.repofile;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.ekicho.site.diagnostic.Position;

/// One section of a `.repo` file: its values and those that are commented out in it. Belongs to one reading.
final class RepoSection {
    private final String id;
    private final Position at;
    private final Map<String, RepoValue> values = new LinkedHashMap<>();
    private final Map<String, String> commented = new LinkedHashMap<>();

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

    /// The first value of each key that stands in a comment.
    Map<String, String> commented() {
        return commented;
    }
}
