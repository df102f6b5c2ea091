package org.ekicho.site.adopt;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/// What adopting a `.repo` file comes to. `mirrorlist=`, `metalink=` and foreign `baseurl=` lines become comments, a
/// commented `baseurl=` comes back with our host, or one is added; every other byte stays. Adopting the result again
/// changes nothing.
///
/// @param text     the file's new text; the old one when a section is refused
/// @param adopted  ids of the sections that were changed
/// @param refused  ids of sections in use whose place on our host cannot be told: with one of them nothing is changed
/// @param leftOff  the same of sections that are switched off, which stay as they are
/// @param foreign  ids of sections that the mirror does not carry, which stay as they are
/// @param lists    how many mirrorlists and metalinks became comments; with one, the text is the distribution's and not
///                 one that was adopted before
public record Adoption(
        String text,
        List<String> adopted,
        List<String> refused,
        List<String> leftOff,
        List<String> foreign,
        int lists) {
    public Adoption {
        adopted = List.copyOf(adopted);
        refused = List.copyOf(refused);
        leftOff = List.copyOf(leftOff);
        foreign = List.copyOf(foreign);
    }

    /// @param text   the file's text, one character a byte (ISO 8859-1)
    /// @param target our mirror
    public static Adoption adopt(String text, AdoptionTarget target) {
        return adopt(text, target, _ -> true);
    }

    /// @param text    the file's text, one character a byte (ISO 8859-1)
    /// @param target  our mirror
    /// @param carried whether the mirror has the repository at this address
    public static Adoption adopt(String text, AdoptionTarget target, Predicate<String> carried) {
        List<SourceLine> lines = lines(text);
        List<SectionBlock.Verdict> verdicts = verdicts(lines, target);
        List<String> refused = new ArrayList<>();
        List<String> leftOff = new ArrayList<>();
        List<String> foreign = new ArrayList<>();
        List<SectionBlock.Verdict.Adopt> adopted = new ArrayList<>();
        for (SectionBlock.Verdict verdict : verdicts) {
            switch (verdict) {
                case SectionBlock.Verdict.Leave _ -> {}
                case SectionBlock.Verdict.LeaveOff(String id) -> leftOff.add(id);
                case SectionBlock.Verdict.Refuse(String id) -> refused.add(id);
                case SectionBlock.Verdict.Adopt adopt -> {
                    if (carried.test(adopt.url())) {
                        adopted.add(adopt);
                    } else {
                        foreign.add(adopt.id());
                    }
                }
            }
        }
        if (!refused.isEmpty()) {
            return new Adoption(text, List.of(), refused, leftOff, foreign, 0);
        }
        return new Adoption(
                written(text, lines, adopted),
                adopted.stream().map(SectionBlock.Verdict.Adopt::id).toList(),
                List.of(),
                leftOff,
                foreign,
                adopted.stream().mapToInt(SectionBlock.Verdict.Adopt::lists).sum());
    }

    /// The sections that adoption would change as an override file of dnf 5, which leaves the `.repo` files alone.
    public static String override(String text, AdoptionTarget target) {
        StringBuilder override = new StringBuilder();
        for (SectionBlock.Verdict verdict : verdicts(lines(text), target)) {
            if (verdict instanceof SectionBlock.Verdict.Adopt adopt) {
                override.append('[').append(adopt.id()).append("]\nbaseurl=").append(adopt.url());
                override.append("\nmirrorlist=\nmetalink=\n");
            }
        }
        return override.toString();
    }

    private static List<SourceLine> lines(String text) {
        List<SourceLine> lines = new ArrayList<>();
        int start = 0;
        while (start < text.length()) {
            int newline = text.indexOf('\n', start);
            int end = newline < 0 ? text.length() : newline;
            lines.add(SourceLine.of(text.substring(start, end), newline < 0));
            start = end + 1;
        }
        return lines;
    }

    private static List<SectionBlock.Verdict> verdicts(List<SourceLine> lines, AdoptionTarget target) {
        List<SectionBlock.Verdict> verdicts = new ArrayList<>();
        int start = -1;
        for (int i = 0; i <= lines.size(); i++) {
            if (i == lines.size() || lines.get(i).isHeader()) {
                if (start >= 0) {
                    verdicts.add(new SectionBlock(lines, start, i).verdict(target));
                }
                start = i;
            }
        }
        return verdicts;
    }

    private static String written(String text, List<SourceLine> lines, List<SectionBlock.Verdict.Adopt> adopted) {
        List<String> out = new ArrayList<>();
        int next = 0;
        for (SectionBlock.Verdict.Adopt adopt : adopted) {
            Set<Integer> touched = new TreeSet<>(adopt.comment());
            touched.add(adopt.behind());
            adopt.replace().ifPresent(touched::add);
            for (int i : touched) {
                lines.subList(next, i).forEach(line -> out.add(line.whole()));
                next = i + 1;
                SourceLine line = lines.get(i);
                String ours = "baseurl=" + adopt.url() + line.end();
                if (adopt.replace().filter(r -> r == i).isPresent()) {
                    out.add(ours);
                    continue;
                }
                out.add(adopt.comment().contains(i) ? "#" + line.whole() : line.whole());
                if (adopt.replace().isEmpty() && adopt.behind() == i) {
                    out.add(ours);
                }
            }
        }
        lines.subList(next, lines.size()).forEach(line -> out.add(line.whole()));
        return String.join("\n", out) + (text.endsWith("\n") ? "\n" : "");
    }
}
