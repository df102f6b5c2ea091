package org.ekicho.mirror.rpm;

import java.util.Arrays;
import java.util.List;
import org.ekicho.mirror.rpm.RpmHeader.Numbers;
import org.ekicho.mirror.rpm.RpmHeader.Strings;

/// The change log of a package. Headers have the newest entry first, metadata the oldest.
final class RpmChangelogs {
    /// How often times are moved apart in all: packages have a few entries of one time, not thousands.
    static final int MAX_MOVES = 1_000_000;

    private RpmChangelogs() {}

    /// The newest `limit` entries, oldest first.
    ///
    /// Clients order entries by time, so that entries of the same time are moved apart by a second each.
    static List<Changelog> of(RpmHeader main, int limit) throws BadHeader {
        Numbers times = main.numbers(RpmTags.CHANGELOG_TIME);
        Strings authors = main.strings(RpmTags.CHANGELOG_NAME);
        Strings texts = main.strings(RpmTags.CHANGELOG_TEXT);
        if (times.count() != authors.count() || times.count() != texts.count()) {
            throw BadHeader.malformed("the change log has " + times.count() + " times, " + authors.count()
                    + " authors and " + texts.count() + " texts");
        }
        int count = Math.min(limit, times.count());
        if (count <= 0) return List.of();
        long[] moved = moveApart(times, count);
        Changelog[] oldestFirst = new Changelog[count];
        for (int i = 0; i < count; i++) {
            oldestFirst[count - 1 - i] = new Changelog(withoutBlanks(authors.next()), moved[i], texts.next());
        }
        return Arrays.asList(oldestFirst);
    }

    private static long[] moveApart(Numbers times, int count) throws BadHeader {
        long[] moved = new long[count];
        long last = 0;
        int moves = 0;
        for (int i = 0; i < count; i++) {
            long time = times.at(i);
            moved[i] = time;
            if (time != last) {
                last = time;
                continue;
            }
            long taken = time;
            for (int newer = i - 1; newer >= 0 && moved[newer] == taken; newer--) {
                moved[newer] = ++taken;
                if (++moves > MAX_MOVES) {
                    throw BadHeader.tooLarge("the change log has thousands of entries of the time " + time);
                }
            }
        }
        return moved;
    }

    /// Without blanks at the end; the first character always stays.
    private static String withoutBlanks(String author) {
        int end = author.length();
        while (end > 1 && author.charAt(end - 1) == ' ') {
            end--;
        }
        return author.substring(0, end);
    }
}
