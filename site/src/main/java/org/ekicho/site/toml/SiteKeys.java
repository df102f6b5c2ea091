package org.ekicho.site.toml;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.ekicho.ntp.auth.KeyRing;
import org.ekicho.ntp.auth.SymmetricKey;
import org.ekicho.site.NamedFile;
import org.ekicho.site.Surroundings;
import org.ekicho.site.diagnostic.Diagnostic;
import org.ekicho.site.diagnostic.Diagnostics;
import org.ekicho.site.ntpkeys.DialectGuess;
import org.ekicho.site.ntpkeys.KeyDialect;
import org.ekicho.site.ntpkeys.KeyFile;
import org.ekicho.site.ntpkeys.KeyFileReader;

/// `keys`, `keys-format` and `trusted-keys` of `[time]`.
final class SiteKeys {
    private final SectionReader time;
    private final Diagnostics problems;
    private final Optional<String> path;
    private final List<SymmetricKey> keys;
    private final Set<Integer> trusted;
    private boolean fileIsBad;

    SiteKeys(SectionReader time, Surroundings surroundings, Diagnostics problems) {
        this.time = time;
        this.problems = problems;
        this.path = time.text("keys");
        this.keys = path.map(p -> load(p, surroundings)).orElse(List.of());
        this.trusted = trusted();
    }

    private List<SymmetricKey> load(String path, Surroundings surroundings) {
        switch (surroundings.file(path)) {
            case NamedFile.Found(String text, int mode) -> {
                Diagnostics ofFile = new Diagnostics();
                String place = surroundings.place(path);
                KeyFileReader.checkMode(place, mode, ofFile);
                KeyDialect dialect = time.text("keys-format")
                        .flatMap(KeyDialect::ofWord)
                        .orElseGet(() -> DialectGuess.of(text).dialect());
                KeyFile file = KeyFileReader.read(place, text, dialect, ofFile);
                fileIsBad = ofFile.report().hasErrors();
                problems.addAll(ofFile.report());
                return file.keys();
            }
            case NamedFile.Unreadable(String reason) -> {
                fileIsBad = true;
                problems.add(Diagnostic.error(time.at("keys"), "cannot read key file " + path + ": " + reason)
                        .expected("a readable file with mode 0640")
                        .example("ekicho time keys generate --for ntpd > " + path));
                return List.of();
            }
        }
    }

    private Set<Integer> trusted() {
        Set<Integer> loaded = keys.stream().map(SymmetricKey::id).collect(Collectors.toSet());
        if (!time.has("trusted-keys")) {
            return loaded;
        }
        Set<Integer> chosen = new HashSet<>();
        List<Integer> named = time.wholes("trusted-keys");
        for (int i = 0; i < named.size(); i++) {
            if (loaded.contains(named.get(i))) {
                chosen.add(named.get(i));
            } else if (!fileIsBad) {
                problems.add(missing("trusted-keys", named.get(i), i));
            }
        }
        return chosen;
    }

    private Diagnostic missing(String key, int id, int index) {
        String text = Integer.toUnsignedString(id);
        return path.isPresent()
                ? Diagnostic.error(time.at(key, index), "key " + text + " is not in " + path.get())
                        .expected(ids())
                : Diagnostic.error(time.at(key, index), "key " + text + " needs a key file")
                        .example("keys = \"/etc/ekicho/ntp.keys\"");
    }

    private String ids() {
        return keys.isEmpty()
                ? "a file with keys"
                : "one of " + keys.stream().map(SymmetricKey::idText).collect(Collectors.joining(", "));
    }

    /// The key id of a table, checked to be loaded and trusted; 0 when the table names none.
    int usable(SectionReader table, String key) {
        int id = table.whole(key, 0);
        if (id == 0 || fileIsBad) {
            return id;
        }
        String text = "key " + Integer.toUnsignedString(id);
        boolean loaded = keys.stream().anyMatch(k -> k.id() == id);
        if (path.isEmpty()) {
            problems.add(Diagnostic.error(table.at(key), text + " needs a key file")
                    .expected("keys in [time]")
                    .example("keys = \"/etc/ekicho/ntp.keys\""));
        } else if (!loaded) {
            problems.add(Diagnostic.error(table.at(key), text + " is not in " + path.get())
                    .expected(ids()));
        } else if (!trusted.contains(id)) {
            problems.add(Diagnostic.error(
                    table.at(key), text + " is not among trusted-keys, so no packet by it is sent " + "or believed"));
        }
        return id;
    }

    /// True when no packet could be verified, and that is not the fault of a file that is told of already.
    boolean isEmpty() {
        return trusted.isEmpty() && !fileIsBad;
    }

    KeyRing ring() {
        return new KeyRing(keys, trusted);
    }
}
