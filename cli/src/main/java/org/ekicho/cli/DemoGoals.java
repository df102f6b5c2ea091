package org.ekicho.cli;

import java.util.ArrayList;
import java.util.List;

/// What an act of the demo set out to show, and whether it happened.
final class DemoGoals {
    private final List<Goal> goals = new ArrayList<>();

    private record Goal(String sentence, Met met) {}

    private enum Met {
        YES,
        NO
    }

    void add(String sentence, boolean holds) {
        goals.add(new Goal(sentence, holds ? Met.YES : Met.NO));
    }

    /// Tells all of them.
    ///
    /// @return whether all of it happened
    boolean tell(DemoTeller teller) {
        teller.plain("");
        teller.title("What came of it");
        goals.forEach(goal -> teller.outcome(goal.sentence(), goal.met() == Met.YES));
        return goals.stream().allMatch(goal -> goal.met() == Met.YES);
    }
}
