package org.ekicho.site.ntpconf;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.ekicho.ntp.auth.KeyRing;
import org.ekicho.ntp.auth.SymmetricKey;
import org.ekicho.site.NamedFile;
import org.ekicho.site.Surroundings;
import org.ekicho.site.diagnostic.Diagnostic;
import org.ekicho.site.diagnostic.Diagnostics;
import org.ekicho.site.diagnostic.Report;
import org.ekicho.site.ntpkeys.DialectGuess;
import org.ekicho.site.ntpkeys.KeyDialect;
import org.ekicho.site.ntpkeys.KeyFile;
import org.ekicho.site.ntpkeys.KeyFileReader;

/// `keys` and `trustedkey`: the key ring, and whether a key that some line names can be used.
final class KeyStatements {
    private static final KeyFile NO_FILE = new KeyFile(KeyDialect.NTPD, List.of());

    private final List<Statement> statements;
    private final Diagnostics problems;
    private final Optional<Statement.File> keys;
    private final Optional<Statement.TrustedKey> trusted;
    private final KeyFile keyFile;
    private final Report fileProblems;

    KeyStatements(List<Statement> statements, Surroundings surroundings, Diagnostics problems) {
        this.statements = statements;
        this.problems = problems;
        this.keys = last(Statement.File.class, f -> f.keyword().equals("keys"));
        this.trusted = last(Statement.TrustedKey.class, t -> true);
        Diagnostics ofFile = new Diagnostics();
        this.keyFile = keys.map(k -> load(k, surroundings, ofFile)).orElse(NO_FILE);
        this.fileProblems = ofFile.report();
        problems.addAll(fileProblems);
        warnOfReplaced();
        warnOfMissing();
    }

    private <S extends Statement> Optional<S> last(Class<S> kind, Predicate<S> which) {
        return statements.reversed().stream()
                .filter(kind::isInstance)
                .map(kind::cast)
                .filter(which)
                .findFirst();
    }

    private static KeyFile load(Statement.File keys, Surroundings surroundings, Diagnostics problems) {
        String path = keys.path().text();
        switch (surroundings.file(path)) {
            case NamedFile.Found(String text, int mode) -> {
                String place = surroundings.place(path);
                KeyFileReader.checkMode(place, mode, problems);
                KeyFile file = KeyFileReader.read(place, text, KeyDialect.NTPD, problems);
                DialectGuess guess = DialectGuess.of(text);
                if (problems.report().hasErrors() && guess.dialect() != KeyDialect.NTPD) {
                    problems.add(Diagnostic.hint(
                            keys.path().at(),
                            "this looks like a key file for " + guess.dialect().word() + ": " + guess.reason()
                                    + "; an ntp.conf takes files for ntpd"));
                }
                return file;
            }
            case NamedFile.Unreadable(String reason) -> {
                problems.add(Diagnostic.error(keys.path().at(), "cannot read key file " + path + ": " + reason)
                        .expected("a readable file with mode 0640")
                        .example("ekicho time keys generate --for ntpd > " + path));
                return NO_FILE;
            }
        }
    }

    /// A later `trustedkey` replaces an earlier one (classic's parser throws the list away).
    private void warnOfReplaced() {
        for (Statement statement : statements) {
            if (statement instanceof Statement.TrustedKey early
                    && !Optional.of(early).equals(trusted)) {
                problems.add(Diagnostic.warning(
                                early.at(),
                                "this trustedkey is replaced by the one in line "
                                        + trusted.orElseThrow().at().line() + ", not added to")
                        .expected("all ids in one line")
                        .example("trustedkey " + text(early) + " " + text(trusted.orElseThrow())));
            }
        }
    }

    private static String text(Statement.TrustedKey statement) {
        return statement.ranges().stream()
                .map(r -> r.first() == r.last() ? "" + r.first() : "(" + r.first() + " ... " + r.last() + ")")
                .collect(Collectors.joining(" "));
    }

    private void warnOfMissing() {
        if (fileProblems.hasErrors()) {
            return;
        }
        for (Statement.KeyRange range :
                trusted.map(Statement.TrustedKey::ranges).orElse(List.of())) {
            boolean found = keyFile.keys().stream().anyMatch(k -> range.contains(k.id()));
            if (!found) {
                problems.add(Diagnostic.warning(
                        range.at(),
                        "trusted key " + range.first() + " is not in "
                                + path().map(p -> "the key file " + p).orElse("a key file: no keys line names one")));
            }
        }
    }

    /// An error unless a packet can be signed and verified with this key.
    void checkUsable(Options.Option key) {
        if (fileProblems.hasErrors()) {
            return;
        }
        if (keyFile.find(key.value()).isEmpty()) {
            problems.add(Diagnostic.error(
                            key.name().at(),
                            "key " + key.value() + " is not in "
                                    + path().map(p -> "the key file " + p).orElse("any file: there is no keys line"))
                    .expected(keyFile.lines().isEmpty() ? "a key file" : "one of " + ids())
                    .example("keys /etc/ntp/keys"));
        } else if (!isTrusted(key.value())) {
            problems.add(Diagnostic.error(
                            key.name().at(),
                            "key " + key.value() + " is in the key file but not trusted, so no packet "
                                    + "by it is sent or believed")
                    .example("trustedkey " + trusted.map(t -> text(t) + " ").orElse("") + key.value()));
        }
    }

    private String ids() {
        return keyFile.keys().stream().map(SymmetricKey::idText).collect(Collectors.joining(", "));
    }

    private boolean isTrusted(int id) {
        return trusted.map(t -> t.ranges().stream().anyMatch(r -> r.contains(id)))
                .orElse(false);
    }

    KeyRing ring() {
        return new KeyRing(
                keyFile.keys(),
                keyFile.keys().stream()
                        .map(SymmetricKey::id)
                        .filter(this::isTrusted)
                        .collect(Collectors.toSet()));
    }

    KeyFile keyFile() {
        return keyFile;
    }

    Optional<String> path() {
        return keys.map(k -> k.path().text());
    }
}
