package org.ekicho.mirror.rpmbuild;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.ekicho.mirror.rpm.Dependency.Kind;

/// The dependencies of a package that is being built: three parallel arrays a kind.
final class Dependencies {
    private final Map<Kind, List<Entry>> entries = new EnumMap<>(Kind.class);

    /// One of them.
    ///
    /// @param flags of [RpmSense]
    /// @param evr   empty without a comparison
    record Entry(String name, int flags, String evr) {}

    void add(Kind kind, Entry entry) {
        entries.computeIfAbsent(kind, k -> new ArrayList<>()).add(entry);
    }

    Dependencies copy() {
        Dependencies copy = new Dependencies();
        entries.forEach((kind, list) -> list.forEach(entry -> copy.add(kind, entry)));
        return copy;
    }

    /// As spec files write them: `bash`, `bash >= 5.1-2`, `(a or b)`.
    static Entry parse(String text) {
        if (text.startsWith("(")) {
            return new Entry(text, 0, "");
        }
        String[] words = text.split(" ", -1);
        if (words.length == 1) {
            return new Entry(text, 0, "");
        }
        if (words.length != 3) {
            throw new IllegalArgumentException("no dependency: \"" + text + "\"; e.g. bash >= 5.1-2");
        }
        int flags = RpmSense.of(words[1])
                .orElseThrow(() -> new IllegalArgumentException("no comparison: \"" + words[1] + "\""));
        return new Entry(words[0], flags, words[2]);
    }

    boolean hasRich() {
        return entries.values().stream()
                .flatMap(List::stream)
                .anyMatch(entry -> entry.name().startsWith("("));
    }

    void write(HeaderWriter header) {
        entries.forEach((kind, list) -> {
            Tags tags = tags(kind);
            header.strings(tags.name(), list.stream().map(Entry::name).toList());
            header.int32(tags.flags(), list.stream().map(Entry::flags).toList());
            header.strings(tags.version(), list.stream().map(Entry::evr).toList());
        });
    }

    private record Tags(int name, int flags, int version) {}

    private static Tags tags(Kind kind) {
        return switch (kind) {
            case PROVIDES -> new Tags(1047, 1112, 1113);
            case REQUIRES -> new Tags(1049, 1048, 1050);
            case CONFLICTS -> new Tags(1054, 1053, 1055);
            case OBSOLETES -> new Tags(1090, 1114, 1115);
            case RECOMMENDS -> new Tags(5046, 5048, 5047);
            case SUGGESTS -> new Tags(5049, 5051, 5050);
            case SUPPLEMENTS -> new Tags(5052, 5054, 5053);
            case ENHANCES -> new Tags(5055, 5057, 5056);
        };
    }
}
