package org.ekicho.mirror;

import java.io.Serial;

/// Carries a [Refusal] out of the depth of a reader. Readers catch it at their edge and return the refusal as a
/// [Reading]; what receives items one by one may throw it to end the reading.
public final class RefusedException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    private final transient Refusal refusal;

    public RefusedException(Refusal refusal) {
        super(refusal.toString(), null, false, false);
        this.refusal = refusal;
    }

    public RefusedException(MirrorReason reason, String detail) {
        this(Refusal.of(reason, detail));
    }

    public Refusal refusal() {
        return refusal;
    }
}
