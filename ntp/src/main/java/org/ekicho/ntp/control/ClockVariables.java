package org.ekicho.ntp.control;

import org.ekicho.ntp.view.AssociationView;
import org.ekicho.ntp.view.AssociationView.Kind;

/// What `ntpq -c cv` tells of a clock of this machine.
final class ClockVariables {
    static final VariableTable<AssociationView> TABLE = new VariableTable<AssociationView>()
            .add("device", ClockVariables::device)
            .add("timecode", clock -> "\"\"")
            .add("poll", AssociationView::sent)
            .add("noreply", clock -> 0)
            .add("badformat", clock -> 0)
            .add("baddata", clock -> 0)
            .add("stratum", AssociationView::stratum)
            .add("refid", clock -> ValueFormat.clockReferenceId(clock.referenceId()))
            .add("flags", clock -> 0);

    private ClockVariables() {}

    private static String device(AssociationView clock) {
        return clock.kind() == Kind.LOCAL_CLOCK
                ? "\"Undisciplined local clock\""
                : "\"Host clock as its own daemon keeps it\"";
    }
}
