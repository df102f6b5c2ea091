package org.ekicho.site.plan;

import java.util.Comparator;
import java.util.List;

/// What a start would do, sorted by kind.
///
/// @param site  name of the site
/// @param lines sentences
public record Plan(String site, List<PlanLine> lines) {
    public Plan {
        lines = lines.stream().sorted(Comparator.comparing(PlanLine::verb)).toList();
    }

    /// True when a start would fail or fight with another program.
    public boolean hasConflicts() {
        return lines.stream().anyMatch(l -> l.verb() == PlanLine.Verb.CONFLICT);
    }

    /// The plan for people, one sentence a line.
    public String print() {
        StringBuilder text = new StringBuilder("plan for " + site + "\n");
        lines.forEach(line -> text.append(line).append('\n'));
        return text.toString();
    }
}
