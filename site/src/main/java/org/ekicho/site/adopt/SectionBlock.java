package org.ekicho.site.adopt;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// One `[id]` with the lines below it: what of it is commented out, and where our address goes.
final class SectionBlock {
    private static final Set<String> LISTS = Set.of("mirrorlist", "metalink");
    private static final Set<String> OFF = Set.of("0", "no", "false", "off");

    /// What adoption does with the block.
    sealed interface Verdict {
        /// Nothing: it has no source, is adopted already, or comes from a disc.
        record Leave() implements Verdict {}

        /// Switched off, and where it would lie on our host cannot be told: it is left alone.
        record LeaveOff(String id) implements Verdict {}

        /// The same of one that is switched on.
        record Refuse(String id) implements Verdict {}

        /// @param id      the repository
        /// @param url     its address from now on
        /// @param comment numbers of the lines that become comments
        /// @param lists   how many of them were a mirrorlist or metalink
        /// @param replace the commented baseurl that is un-commented
        /// @param behind  else the line that the address is put behind
        record Adopt(String id, String url, Set<Integer> comment, int lists, Optional<Integer> replace, int behind)
                implements Verdict {}
    }

    private final List<SourceLine> lines;
    private final int start;
    private final int end;
    private final Map<Integer, String> keys = new HashMap<>();
    private final Map<Integer, String> values = new HashMap<>();
    private final Map<Integer, Integer> owners = new HashMap<>();
    private final Map<Integer, Integer> lasts = new HashMap<>();
    private final List<Integer> lists = new ArrayList<>();
    private final List<Integer> bases = new ArrayList<>();
    private final List<Integer> candidates = new ArrayList<>();
    private boolean off;

    /// @param start its header
    /// @param end   the line behind its last
    SectionBlock(List<SourceLine> lines, int start, int end) {
        this.lines = lines;
        this.start = start;
        this.end = end;
        survey();
    }

    private void survey() {
        int current = -1;
        for (int i = start + 1; i < end; i++) {
            SourceLine line = lines.get(i);
            if (line.isBlank()) {
                continue;
            }
            if (line.isComment()) {
                if (line.isCommentedBaseUrl()) {
                    candidates.add(i);
                }
            } else if (line.isContinuation()) {
                if (current >= 0) {
                    owners.put(i, current);
                    lasts.put(current, i);
                    values.merge(current, line.text(), (value, more) -> value + " " + more);
                }
            } else {
                current = i;
                String key = line.key();
                keys.put(i, key);
                values.put(i, line.value());
                lasts.put(i, i);
                if (LISTS.contains(key)) {
                    lists.add(i);
                } else if (key.equals("baseurl")) {
                    bases.add(i);
                } else if (key.equals("enabled")) {
                    off = OFF.contains(SourceLine.first(line.value()));
                }
            }
        }
    }

    Verdict verdict(AdoptionTarget target) {
        String id = lines.get(start).id();
        if (lists.isEmpty() && bases.isEmpty()) {
            return new Verdict.Leave();
        }
        String until = until();
        if (!bases.isEmpty() && !until.matches("(?s)(http|https|ftp)://.*")) {
            return new Verdict.Leave();
        }
        if (until.isEmpty() && target.channel().isEmpty()) {
            return off ? new Verdict.LeaveOff(id) : new Verdict.Refuse(id);
        }
        String url = target.address(id, until);
        if (isAdopted(url)) {
            return new Verdict.Leave();
        }
        Set<Integer> comment = commented();
        boolean inPlace = bases.isEmpty() && !candidates.isEmpty() && !isInside(candidates.getFirst(), comment);
        int behind = lasts.getOrDefault(bases.isEmpty() ? lists.getFirst() : bases.getLast(), start);
        return new Verdict.Adopt(
                id,
                url,
                comment,
                lists.size(),
                inPlace ? Optional.of(candidates.getFirst()) : Optional.empty(),
                behind);
    }

    /// The address until now: the one in use, the one commented out, or the one that CentOS gives its metalink's name.
    private String until() {
        if (!bases.isEmpty()) {
            return SourceLine.first(values.getOrDefault(bases.getLast(), ""));
        }
        if (!candidates.isEmpty()) {
            return SourceLine.first(lines.get(candidates.getFirst()).value());
        }
        return StreamPaths.address(values.getOrDefault(lists.getFirst(), ""));
    }

    private boolean isAdopted(String url) {
        return lists.isEmpty()
                && bases.size() == 1
                && values.getOrDefault(bases.getFirst(), "")
                        .replaceAll("^[ \\t]+|[ \\t]+\\z", "")
                        .equals(url);
    }

    private Set<Integer> commented() {
        Set<Integer> comment = new TreeSet<>(lists);
        comment.addAll(bases);
        owners.forEach((line, owner) -> {
            if (lists.contains(owner) || bases.contains(owner)) {
                comment.add(line);
            }
        });
        return comment;
    }

    /// Whether a comment stands amid the lines of another value, which a setting in its place would take over.
    private boolean isInside(int candidate, Set<Integer> comment) {
        return owners.entrySet().stream()
                .anyMatch(e -> e.getKey() > candidate && e.getValue() < candidate && !comment.contains(e.getValue()));
    }
}
