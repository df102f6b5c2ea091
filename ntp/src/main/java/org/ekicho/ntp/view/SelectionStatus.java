package org.ekicho.ntp.view;

/// What the choice of sources made of one, in the order and with the tally characters of ntpq (facts: the three
/// select bits of a peer status word).
public enum SelectionStatus {
    REJECT(' ', "sel_reject", "reject"),
    FALSETICK('x', "sel_falsetick", "falsetick"),
    EXCESS('.', "sel_excess", "excess"),
    OUTLIER('-', "sel_outlier", "outlier"),
    CANDIDATE('+', "sel_candidate", "candidate"),
    BACKUP('#', "sel_backup", "backup"),
    SYS_PEER('*', "sel_sys.peer", "sys.peer"),
    PPS_PEER('o', "sel_pps.peer", "pps.peer");

    private final char tally;
    private final String flashName;
    private final String condition;

    SelectionStatus(char tally, String flashName, String condition) {
        this.tally = tally;
        this.flashName = flashName;
        this.condition = condition;
    }

    /// The character in front of a row of `ntpq -p`.
    public char tally() {
        return tally;
    }

    public String flashName() {
        return flashName;
    }

    /// The word in the condition column of `ntpq -c associations`.
    public String condition() {
        return condition;
    }
}
