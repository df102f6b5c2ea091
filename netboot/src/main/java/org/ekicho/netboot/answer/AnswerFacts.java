package org.ekicho.netboot.answer;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What a template may ask for: names with a dot in them, `site.url`, `machine.name`, `time.key`; and lists of such,
/// `repos`, whose entries have names of their own.
///
/// @param values by name
/// @param lists  by name; each entry maps the part after the dot to its value
public record AnswerFacts(Map<String, String> values, Map<String, List<Map<String, String>>> lists) {
    public AnswerFacts {
        values = new TreeMap<>(values);
        lists = new TreeMap<>(lists);
    }

    Optional<String> value(String name) {
        return Optional.ofNullable(values.get(name));
    }

    Optional<List<Map<String, String>>> list(String name) {
        return Optional.ofNullable(lists.get(name));
    }

    /// The same with the entry of a list under a name: `repo.url` inside of `#@for repo in repos`.
    AnswerFacts with(String name, Map<String, String> entry) {
        Map<String, String> more = new TreeMap<>(values);
        entry.forEach((key, value) -> more.put(name + "." + key, value));
        return new AnswerFacts(more, lists);
    }

    /// All names, for the sentence about one that is not there.
    List<String> names() {
        return new ArrayList<>(values.keySet());
    }
}
