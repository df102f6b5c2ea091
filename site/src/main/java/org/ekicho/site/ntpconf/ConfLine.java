package org.ekicho.site.ntpconf;

import java.util.List;
import java.util.Optional;
import org.ekicho.site.diagnostic.Position;

/// One command of an ntp.conf, read from left to right. Belongs to one parser.
final class ConfLine {
    private final List<Word> words;
    private int next;

    /// @param words at least one
    ConfLine(List<Word> words) {
        this.words = List.copyOf(words);
    }

    /// The keyword that the line begins with; reading goes on behind it.
    Word keyword() {
        next = Math.max(next, 1);
        return words.getFirst();
    }

    boolean hasNext() {
        return next < words.size();
    }

    Optional<Word> peek() {
        return hasNext() ? Optional.of(words.get(next)) : Optional.empty();
    }

    Optional<Word> next() {
        Optional<Word> word = peek();
        next += word.isPresent() ? 1 : 0;
        return word;
    }

    /// Takes the next word if it is this keyword.
    boolean take(String keyword) {
        boolean taken = peek().map(w -> w.is(keyword)).orElse(false);
        next += taken ? 1 : 0;
        return taken;
    }

    /// All words that are left.
    List<Word> rest() {
        List<Word> rest = words.subList(next, words.size());
        next = words.size();
        return rest;
    }

    /// Where a missing word would have stood.
    Position end() {
        Word last = words.getLast();
        Position at = last.at();
        return new Position(at.source(), at.line(), at.column() + last.text().length() + 1);
    }
}
