package org.ekicho.daemon.boot;

/// Why an answer file was or was not given. The audit log, the counters and the machine itself get the same sentence.
public enum AnswerReason {
    GIVEN(200, "the answer file was given"),
    /// No order has this secret: guessed, or of an order that got a new one.
    UNKNOWN_SECRET(403, "no install order has this secret"),
    /// The order is another machine's.
    OTHER_MACHINE(403, "the install order is for another machine"),
    /// It was fetched in full before.
    USED(410, "this secret has been used; a machine that asks again needs a new install order"),
    /// The order's time is over, or it was taken back.
    EXPIRED(410, "the install order has expired or was taken back"),
    /// Something that the order names is not here, or the template is broken.
    BROKEN(500, "the answer file cannot be made; the log of Ekicho says why");

    private final int status;
    private final String sentence;

    AnswerReason(int status, String sentence) {
        this.status = status;
        this.sentence = sentence;
    }

    /// HTTP status.
    public int status() {
        return status;
    }

    public String sentence() {
        return sentence;
    }
}
