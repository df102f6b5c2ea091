package org.ekicho.site.ntpconf;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.ekicho.site.diagnostic.Diagnostic;
import org.ekicho.site.diagnostic.Diagnostics;
import org.ekicho.site.diagnostic.Position;

/// `trustedkey`, `controlkey`, `requestkey`.
final class KeyParser {
    private static final String EXAMPLE = "trustedkey 1 10 (20 ... 29)";

    private final Diagnostics problems;

    KeyParser(Diagnostics problems) {
        this.problems = problems;
    }

    Optional<Statement> trustedKey(ConfLine line) {
        List<Statement.KeyRange> ranges = new ArrayList<>();
        boolean good = true;
        if (!line.hasNext()) {
            return Grammar.required(line, "key ids", EXAMPLE, problems).map(w -> null);
        }
        while (line.hasNext()) {
            Optional<Statement.KeyRange> range = line.take("(") ? range(line) : single(line);
            range.filter(this::isPossible).ifPresent(ranges::add);
            good &= range.isPresent();
        }
        return good ? Optional.of(new Statement.TrustedKey(line.keyword().at(), ranges)) : Optional.empty();
    }

    private Optional<Statement.KeyRange> single(ConfLine line) {
        Word word = line.next().orElseThrow();
        OptionalInt id = id(word);
        return id.isEmpty()
                ? Optional.empty()
                : Optional.of(new Statement.KeyRange(word.at(), id.getAsInt(), id.getAsInt()));
    }

    /// True when an id can be a key's; ids that cannot are passed over, as classic ntpd does, and told.
    private boolean isPossible(Statement.KeyRange range) {
        boolean possible = range.first() >= 1 && range.last() <= Grammar.MAX_KEY_ID;
        if (!possible) {
            problems.add(Diagnostic.warning(
                            range.at(),
                            (range.first() < 1 ? range.first() : range.last()) + " is no key id and is passed over")
                    .expected("1.." + Grammar.MAX_KEY_ID + " (classic ntpd keeps greater ids for Autokey)")
                    .example(EXAMPLE));
        }
        return possible;
    }

    /// What stands behind `(`: `1 ... 10 )`.
    private Optional<Statement.KeyRange> range(ConfLine line) {
        Position at = line.peek().map(Word::at).orElse(line.end());
        OptionalInt first = line.next().map(this::id).orElse(OptionalInt.empty());
        boolean dots = line.take("...");
        OptionalInt last = dots ? line.next().map(this::id).orElse(OptionalInt.empty()) : OptionalInt.empty();
        boolean closed = dots && line.take(")");
        if (first.isPresent() && last.isPresent() && closed && first.getAsInt() <= last.getAsInt()) {
            return Optional.of(new Statement.KeyRange(at, first.getAsInt(), last.getAsInt()));
        }
        line.rest();
        problems.add(Diagnostic.error(at, "not a range of key ids")
                .expected("first and last id, with blanks around the dots")
                .example("(1 ... 10)"));
        return Optional.empty();
    }

    private OptionalInt id(Word word) {
        OptionalInt id = Grammar.integer(word.text());
        if (id.isEmpty()) {
            problems.add(Diagnostic.error(word.at(), "\"" + word.text() + "\" is no key id")
                    .expected("1.." + Grammar.MAX_KEY_ID)
                    .example(EXAMPLE));
        }
        return id;
    }

    Optional<Statement> remoteKey(ConfLine line) {
        Word keyword = line.keyword();
        OptionalInt id = Grammar.integer(line, keyword, 0, Integer.MAX_VALUE, problems);
        Grammar.end(line, problems);
        if (id.isEmpty()) {
            return Optional.empty();
        }
        String why = keyword.is("requestkey")
                ? "requestkey has no effect: ntpdc's mode 7 is never answered"
                : "controlkey has no effect: control queries that change something are never carried out";
        problems.add(Diagnostic.hint(keyword.at(), why));
        return Optional.of(new Statement.RemoteKey(keyword.at(), keyword.text(), id.getAsInt()));
    }
}
